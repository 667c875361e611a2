/* report.c -- diagnostics for a person: one sentence, the place, the lines, what to do. */
#include "repl/report.h"

#include <stdlib.h>
#include <string.h>

#include "repl/layout.h"

enum { LINE_COLUMNS = 140, LABELS_SHOWN = 12 };

/* One thing to underline. */
typedef struct Label {
    Source *source;
    Span span;
    uint32_t line;
    const char *text;
    bool is_primary;
} Label;

LangId report_language(const ReportChoice *choice, const Diag *diag)
{
    return choice->language_forced ? choice->language : diag->language;
}

const char *report_text(Arena *scratch, const Words *words, LangId language, MessageId message,
                        const DiagArg *args, uint32_t arg_count)
{
    DiagText text = {.message = message, .args = (DiagArg *)(uintptr_t)args,
                     .arg_count = arg_count};
    return diag_text(scratch, words, language, &text, NULL);
}

static const char *word(Arena *scratch, const ReportChoice *choice, LangId language,
                        MessageId message)
{
    return report_text(scratch, choice->words, language, message, NULL, 0);
}

static MessageId severity_message(const Diag *diag)
{
    switch (diag->severity) {
    case SEVERITY_ERROR:
        return MESSAGE_SEVERITY_ERROR;
    case SEVERITY_WARNING:
        return MESSAGE_SEVERITY_WARNING;
    case SEVERITY_NOTE:
        break;
    }
    return MESSAGE_SEVERITY_NOTE;
}

static Style severity_style(const Diag *diag)
{
    switch (diag->severity) {
    case SEVERITY_ERROR:
        return STYLE_ERROR;
    case SEVERITY_WARNING:
        return STYLE_WARNING;
    case SEVERITY_NOTE:
        break;
    }
    return STYLE_NOTE;
}

/* " : " in French, ": " in English: what stands between a head word and what follows. */
static const char *colon(Arena *scratch, const ReportChoice *choice, LangId language)
{
    return word(scratch, choice, language, MESSAGE_COLON);
}

static int by_place(const void *a, const void *b)
{
    const Label *left = a, *right = b;
    if (left->line != right->line)
        return left->line < right->line ? -1 : 1;
    if (left->is_primary != right->is_primary)
        return left->is_primary ? -1 : 1;
    return left->span.start < right->span.start ? -1 : left->span.start > right->span.start;
}

static size_t gather_labels(Arena *scratch, const ReportChoice *choice, LangId language,
                            const Diag *diag, Label labels[LABELS_SHOWN])
{
    size_t count = 0;
    labels[count++] = (Label){
        diag->primary.source, diag->primary.span,
        source_position(diag->primary.source, diag->primary.span.start).line,
        diag_label_text(scratch, choice->words, language, diag), true};
    for (const DiagRelated *related = diag->related; related; related = related->next)
        if (related->place.source == diag->primary.source && count < LABELS_SHOWN)
            labels[count++] = (Label){
                related->place.source, related->place.span,
                source_position(related->place.source, related->place.span.start).line,
                diag_text(scratch, choice->words, language, &related->place.label,
                          &diag->text),
                false};
    qsort(labels, count, sizeof *labels, by_place);
    return count;
}

static unsigned digits(uint32_t number)
{
    unsigned count = 1;
    while (number >= 10) {
        number /= 10;
        count++;
    }
    return count;
}

static void gutter(Out *out, unsigned width, const char *text)
{
    out_style(out, STYLE_PLACE);
    out_cell(out, text, width, true);
    out_print(out, " |");
    out_style(out, STYLE_PLAIN);
}

/* The part of a long line that holds what is underlined. */
static Span visible_part(Source *source, Span line, const Label *label)
{
    size_t width = out_width(source->text + line.start, line.end - line.start);
    if (width <= LINE_COLUMNS)
        return line;
    uint32_t from = label->span.start;
    uint32_t back = from - line.start < LINE_COLUMNS / 2 ? from - line.start : LINE_COLUMNS / 2;
    from -= back;
    while (from > line.start && ((unsigned char)source->text[from] & 0xc0) == 0x80)
        from--;
    uint32_t to = line.end - from > LINE_COLUMNS ? from + LINE_COLUMNS : line.end;
    while (to < line.end && ((unsigned char)source->text[to] & 0xc0) == 0x80)
        to++;
    return (Span){from, to};
}

static void underline(Out *out, const Diag *diag, unsigned width, Span shown, bool cut,
                      const Label *label)
{
    const char *text = label->source->text;
    uint32_t start = label->span.start < shown.start ? shown.start : label->span.start;
    uint32_t end = label->span.end > shown.end ? shown.end : label->span.end;
    if (start > shown.end)
        start = shown.end;
    if (end < start)
        end = start;
    size_t before = out_width(text + shown.start, start - shown.start);
    size_t under = out_width(text + start, end - start);

    gutter(out, width, "");
    out_spaces(out, 1 + before + (cut ? 3 : 0));
    out_style(out, label->is_primary ? severity_style(diag) : STYLE_PLACE);
    out_repeat(out, label->is_primary ? '^' : '-', under ? under : 1);
    if (label->text && label->text[0]) {
        out_print(out, " ");
        out_string(out, label->text);
    }
    out_style(out, STYLE_PLAIN);
    out_print(out, "\n");
}

static void show_lines(Out *out, const Diag *diag, const Label *labels, size_t count,
                       unsigned width)
{
    for (size_t i = 0; i < count;) {
        Source *source = labels[i].source;
        Span line = source_line(source, labels[i].line);
        Span shown = visible_part(source, line, &labels[i]);
        bool cut = shown.start > line.start;
        char number[16];
        if (i > 0 && labels[i].line > labels[i - 1].line + 1) {
            out_style(out, STYLE_PLACE);
            out_print(out, "...\n");
            out_style(out, STYLE_PLAIN);
        }
        size_t length = 0;
        for (uint32_t rest = labels[i].line, unit = 1000000000; unit; unit /= 10)
            if (labels[i].line >= unit)
                number[length++] = (char)('0' + rest / unit % 10);
        number[length] = '\0';
        gutter(out, width, number);
        if (shown.end > shown.start) {
            out_print(out, cut ? " ..." : " ");
            out_text(out, source->text + shown.start, shown.end - shown.start);
            if (shown.end < line.end)
                out_print(out, "...");
        }
        out_print(out, "\n");
        uint32_t this_line = labels[i].line;
        for (; i < count && labels[i].line == this_line; i++)
            underline(out, diag, width, shown, cut, &labels[i]);
    }
}

static void show_place(Out *out, Source *source, Span span, unsigned width)
{
    Position position = source_position(source, span.start);
    out_spaces(out, width);
    out_style(out, STYLE_PLACE);
    out_print(out, "--> ");
    out_string(out, source->path);
    out_print(out, ":%u:%u", position.line, position.column);
    out_style(out, STYLE_PLAIN);
    out_print(out, "\n");
}

/* Related places in other files, each with its own line. */
static void show_other_files(Out *out, Arena *scratch, const ReportChoice *choice,
                             LangId language, const Diag *diag, unsigned width)
{
    for (const DiagRelated *related = diag->related; related; related = related->next) {
        const DiagPlace *place = &related->place;
        if (!place->source || place->source == diag->primary.source)
            continue;
        Label label = {place->source, place->span,
                       source_position(place->source, place->span.start).line,
                       diag_text(scratch, choice->words, language, &place->label, &diag->text),
                       false};
        show_place(out, place->source, place->span, width);
        show_lines(out, diag, &label, 1, width);
    }
}

static void equals_line(Out *out, const ReportChoice *choice, unsigned width, Style style,
                        const char *head, const char *after_head, const char *text)
{
    size_t column = width + 3 + out_width(head, strlen(head))
                    + out_width(after_head, strlen(after_head));
    out_spaces(out, width + 1);
    out_style(out, STYLE_PLACE);
    out_print(out, "= ");
    out_style(out, style);
    out_string(out, head);
    out_style(out, STYLE_PLAIN);
    out_string(out, after_head);
    layout_text(out, text, column, width + 3, choice->wrap);
    out_print(out, "\n");
}

static void show_help(Out *out, Arena *scratch, const ReportChoice *choice, LangId language,
                      const Diag *diag, unsigned width)
{
    const char *between = colon(scratch, choice, language);
    for (int notes = 0; notes < 2; notes++)
        for (const DiagHelp *help = diag->help; help; help = help->next)
            if (help->is_note == (notes == 1))
                equals_line(out, choice, width, notes ? STYLE_STRONG : STYLE_HELP,
                            word(scratch, choice, language,
                                 notes ? MESSAGE_NOTE_WORD : MESSAGE_HELP_WORD),
                            between,
                            diag_text(scratch, choice->words, language, &help->text,
                                      &diag->text));
    if (diag->finding) {
        const DiagFinding *finding = diag->finding;
        if (finding->why[language])
            equals_line(out, choice, width, STYLE_STRONG,
                        word(scratch, choice, language, MESSAGE_WHY_WORD), between,
                        finding->why[language]);
        for (size_t i = 0; i < finding->next_count; i++)
            equals_line(out, choice, width, STYLE_HELP,
                        word(scratch, choice, language, MESSAGE_HELP_WORD), between,
                        finding->next[language][i]);
        if (finding->source[language])
            equals_line(out, choice, width, STYLE_STRONG,
                        word(scratch, choice, language, MESSAGE_SOURCE_WORD), between,
                        finding->source[language]);
    }
}

/* The word of a check in a language; its id when it does not ship with the program. */
static const char *check_word(const ReportChoice *choice, LangId language, const char *id)
{
    const char *english;
    for (uint16_t check = 1;
         (english = words_text(choice->words, LANG_EN, ROLE_CHECK, check, 0, WORD_USUAL)); check++)
        if (strcmp(english, id) == 0)
            return words_text(choice->words, language, ROLE_CHECK, check, 0, WORD_USUAL);
    return id;
}

static void show_more(Out *out, Arena *scratch, const ReportChoice *choice, LangId language,
                      const Diag *diag, unsigned width)
{
    MessagePage page;
    if (!diag->finding && !message_page(diag->code, language, &page))
        return;
    const char *id = diag->finding ? check_word(choice, language, diag->finding->plugin)
                                   : diag->code;
    DiagArg code = {.name = "code", .kind = ARG_TEXT, .text = id};
    const char *text = report_text(scratch, choice->words, language,
                                   choice->at_prompt ? MESSAGE_MORE_PROMPT : MESSAGE_MORE_SHELL,
                                   &code, 1);
    equals_line(out, choice, width, STYLE_FAINT,
                word(scratch, choice, language, MESSAGE_MORE_WORD),
                colon(scratch, choice, language), text);
}

/* The sentence: a plugin's own, the `else` text of a check, or the catalogue's. */
static const char *sentence(Arena *scratch, const ReportChoice *choice, LangId language,
                            const Diag *diag)
{
    if (diag->finding && diag->finding->text[language])
        return diag->finding->text[language];
    if (diag->headline)
        return diag->headline;
    return diag_message_text(scratch, choice->words, language, diag);
}

static void show_head(Out *out, Arena *scratch, const ReportChoice *choice, LangId language,
                      const Diag *diag, size_t number)
{
    bool question = diag->finding && diag->finding->is_question;
    MessageId severity = question ? MESSAGE_QUESTION_WORD : severity_message(diag);
    const char *head = arena_format(scratch, "%s[%s]", word(scratch, choice, language, severity),
                                    diag->code ? diag->code : "");
    const char *between = colon(scratch, choice, language);
    size_t column = out_width(head, strlen(head)) + out_width(between, strlen(between));
    if (number > 0) {
        const char *digits = arena_format(scratch, "%zu. ", number);
        out_print(out, "%s", digits);
        column += strlen(digits);
    }
    out_style(out, severity_style(diag));
    out_string(out, head);
    out_style(out, STYLE_PLAIN);
    out_string(out, between);
    out_style(out, STYLE_STRONG);
    layout_text(out, sentence(scratch, choice, language, diag), column, 2, choice->wrap);
    out_style(out, STYLE_PLAIN);
    if (diag->finding && diag->finding->is_accepted) {
        out_print(out, " ");
        out_string(out, word(scratch, choice, language, MESSAGE_ACCEPTED_MARK));
    }
    if (diag->finding && diag->finding->is_confidential) {
        out_print(out, " ");
        out_string(out, word(scratch, choice, language, MESSAGE_CONFIDENTIAL_MARK));
    }
    out_print(out, "\n");
}

/* --plain: sentences only, for screen readers. */
static void show_plain(Out *out, Arena *scratch, const ReportChoice *choice, LangId language,
                       const Diag *diag)
{
    if (diag->primary.source) {
        Position position = source_position(diag->primary.source, diag->primary.span.start);
        DiagArg args[] = {
            {.name = "file", .kind = ARG_TEXT, .text = diag->primary.source->path},
            {.name = "line", .kind = ARG_NUMBER, .number = position.line},
            {.name = "column", .kind = ARG_NUMBER, .number = position.column},
            {.name = "label", .kind = ARG_TEXT,
             .text = diag_label_text(scratch, choice->words, language, diag)},
        };
        bool is_labelled = args[3].text && args[3].text[0];
        out_string(out, report_text(scratch, choice->words, language,
                                    is_labelled ? MESSAGE_PLACE_AND_LABEL
                                                : MESSAGE_PLACE_SENTENCE, args, 4));
        out_print(out, "\n");
    }
    for (const DiagHelp *help = diag->help; help; help = help->next) {
        out_string(out, word(scratch, choice, language,
                             help->is_note ? MESSAGE_NOTE_WORD : MESSAGE_HELP_WORD));
        out_string(out, colon(scratch, choice, language));
        out_string(out, diag_text(scratch, choice->words, language, &help->text, &diag->text));
        out_print(out, "\n");
    }
    for (size_t i = 0; diag->finding && i < diag->finding->next_count; i++) {
        out_string(out, diag->finding->next[language][i]);
        out_print(out, "\n");
    }
    out_print(out, "\n");
}

void report_diag(Out *out, Arena *scratch, const ReportChoice *choice, const Diag *diag,
                 size_t number)
{
    LangId language = report_language(choice, diag);
    unsigned width = 1;
    show_head(out, scratch, choice, language, diag, number);
    if (choice->plain) {
        show_plain(out, scratch, choice, language, diag);
        return;
    }
    if (diag->primary.source) {
        Label labels[LABELS_SHOWN];
        size_t count = gather_labels(scratch, choice, language, diag, labels);
        width = digits(labels[count - 1].line);
        for (const DiagRelated *related = diag->related; related; related = related->next)
            if (related->place.source) {
                unsigned other = digits(
                    source_position(related->place.source, related->place.span.start).line);
                width = other > width ? other : width;
            }
        out_spaces(out, 1);
        show_place(out, diag->primary.source, diag->primary.span, width);
        gutter(out, width, "");
        out_print(out, "\n");
        show_lines(out, diag, labels, count, width);
        show_other_files(out, scratch, choice, language, diag, width);
        gutter(out, width, "");
        out_print(out, "\n");
    }
    show_help(out, scratch, choice, language, diag, width);
    show_more(out, scratch, choice, language, diag, width);
    out_print(out, "\n");
}

size_t report_diags(Out *out, Arena *scratch, const ReportChoice *choice, const Diags *diags)
{
    const Source *file = NULL;
    size_t in_file = 0, shown = 0, hidden = 0;
    for (size_t i = 0; i < diags->count; i++) {
        const Diag *diag = diags->items[i];
        if (diag->primary.source != file) {
            file = diag->primary.source;
            in_file = 0;
        }
        if (choice->shown_per_file > 0 && ++in_file > choice->shown_per_file) {
            hidden++;
            continue;
        }
        report_diag(out, scratch, choice, diag, 0);
        shown++;
    }
    hidden += (size_t)diags->dropped;
    if (hidden > 0) {
        DiagArg count = {.name = "count", .kind = ARG_NUMBER, .number = (int64_t)hidden};
        LangId language = choice->language_forced || diags->count == 0
                              ? choice->language
                              : diags->items[0]->language;
        out_string(out, report_text(scratch, choice->words, language, MESSAGE_MORE_HIDDEN,
                                    &count, 1));
        out_print(out, "\n\n");
    }
    return shown;
}
