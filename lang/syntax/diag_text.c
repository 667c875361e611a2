/* diag_text.c -- the words of a diagnostic: sentences of the catalogues, with their arguments
 * in the language shown, and agreeing in number and gender. */

#include "lang/syntax/diag.h"

#include <string.h>

#include "lang/base/utf8.h"

/* ---- the catalogues ---- */

static const MessageRow *row_of(MessageId message)
{
    return &message_rows[(unsigned)message < MESSAGE_ID_END ? message : 0];
}

/* The text in this language, or in the first one. */
static const char *text_in(const uint32_t *texts, LangId language)
{
    uint32_t offset = language < LANG_COUNT ? texts[language] : 0;

    return message_texts + (offset ? offset : texts[0]);
}

const char *message_code(MessageId message)
{
    return message_texts + row_of(message)->code;
}

Severity message_severity(MessageId message)
{
    return (Severity)row_of(message)->severity;
}

const char *message_id(MessageId message)
{
    return message_texts + row_of(message)->id;
}

MessageId message_find(const char *id)
{
    unsigned low = 1, high = MESSAGE_ID_END;

    while (low < high) {
        unsigned middle = low + (high - low) / 2;
        int order = strcmp(message_texts + message_rows[middle].id, id);
        if (order == 0)
            return (MessageId)middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return (MessageId)0;
}

bool message_page(const char *code, LangId language, MessagePage *page)
{
    for (uint32_t i = 0; i < page_count; i++) {
        const PageRow *row = &page_rows[i];
        if (strcmp(message_texts + row->code, code) != 0)
            continue;
        page->title = text_in(row->title, language);
        page->about = text_in(row->about, language);
        page->wrong = text_in(row->wrong, language);
        page->right = text_in(row->right, language);
        return true;
    }
    return false;
}

bool message_topic(size_t index, LangId language, MessageTopic *topic)
{
    if (index >= topic_count)
        return false;
    const TopicRow *row = &topic_rows[index];
    topic->id = message_texts + row->id;
    topic->word = text_in(row->word, language);
    topic->title = text_in(row->title, language);
    topic->about = text_in(row->about, language);
    return true;
}

/* ---- sentences ---- */

typedef struct Sentence {
    Arena *arena;
    const Words *words;
    LangId language;
    const DiagText *text, *parent;
    char *out;
    size_t length, capacity;
} Sentence;

enum { LONGEST_TEXT = 200 };    /* characters of a name or a piece of source that are shown */

static void put_bytes(Sentence *sentence, const char *bytes, size_t length)
{
    size_t needed = sentence->length + length + 1;

    sentence->out = arena_grow(sentence->arena, sentence->out, &sentence->capacity, needed, 1);
    if (length)
        memcpy(sentence->out + sentence->length, bytes, length);
    sentence->length += length;
    sentence->out[sentence->length] = '\0';
}

static void put(Sentence *sentence, const char *text)
{
    put_bytes(sentence, text, strlen(text));
}

/* Groups of three digits from 10 000 on, as the formatter writes them. */
static void put_number(Sentence *sentence, int64_t number)
{
    char backwards[32];
    unsigned count = 0, digits = 0;
    uint64_t rest = number < 0 ? -(uint64_t)number : (uint64_t)number;
    bool grouped = rest >= 10000;

    do {
        if (grouped && digits && digits % 3 == 0)
            backwards[count++] = ' ';
        backwards[count++] = (char)('0' + rest % 10);
        rest /= 10;
        digits++;
    } while (rest);
    if (number < 0)
        put(sentence, "-");
    while (count > 0)
        put_bytes(sentence, &backwards[--count], 1);
}

static void put_text(Sentence *sentence, const char *text)
{
    size_t length = strlen(text), at = 0;
    unsigned count = 0, size;

    for (; at < length && count < LONGEST_TEXT; at += size, count++)
        utf8_decode(text + at, length - at, &size);
    put_bytes(sentence, text, at);
    if (at < length)
        put(sentence, "\xE2\x80\xA6");
}

/* A word as it is written in a file when it stands in back quotes; else as it is said. */
static const char *word_of(const Sentence *sentence, const DiagArg *arg, WordForm form)
{
    bool is_quoted = sentence->length && sentence->out[sentence->length - 1] == '`';
    uint8_t written_in = sentence->parent && sentence->parent->written_in
                             ? sentence->parent->written_in : sentence->text->written_in;
    LangId language = is_quoted && written_in ? (LangId)(written_in - 1) : sentence->language;
    if (form == WORD_USUAL && !is_quoted)
        form = WORD_NOUN;
    const char *word = words_text(sentence->words, language, arg->role, arg->id, arg->scope, form);
    return word ? word : "";
}

static bool is_feminine(const Sentence *sentence, const DiagArg *arg)
{
    return arg->kind == ARG_WORD
           && words_is_feminine(sentence->words, sentence->language, arg->role, arg->id);
}

static void put_arg(Sentence *sentence, const DiagArg *arg, WordForm form)
{
    switch (arg->kind) {
    case ARG_TEXT:
        put_text(sentence, arg->text ? arg->text : "");
        break;
    case ARG_WORD:
        put(sentence, word_of(sentence, arg, form));
        break;
    case ARG_TEXTS:
        put_text(sentence, arg->texts[sentence->language < LANG_COUNT ? sentence->language : 0]);
        break;
    case ARG_NUMBER:
        put_number(sentence, arg->number);
        break;
    case ARG_MESSAGE:
        put(sentence, text_in(row_of(arg->message)->text, sentence->language));
        break;
    case ARG_LIST:
        for (uint32_t i = 0; i < arg->item_count; i++) {
            if (i)
                put(sentence, ", ");
            if (arg->items[i].kind != ARG_LIST)     /* a list of lists is nobody's */
                put_arg(sentence, &arg->items[i], form);
        }
        break;
    }
}

static void put_with_article(Sentence *sentence, const DiagArg *arg, Article article)
{
    const char *noun = "";

    if (arg->kind == ARG_WORD)
        noun = word_of(sentence, arg, WORD_NOUN);
    else if (arg->kind == ARG_TEXT && arg->text)
        noun = arg->text;
    put(sentence, words_article(sentence->words, sentence->language, article, noun,
                                is_feminine(sentence, arg)));
    put_arg(sentence, arg, WORD_NOUN);
}

/* Whether the second of two forms agrees: many things, or a feminine word. */
static bool is_second(const Sentence *sentence, const DiagArg *arg)
{
    switch (arg->kind) {
    case ARG_NUMBER:
        return words_is_plural(sentence->words, sentence->language, arg->number);
    case ARG_LIST:
        return words_is_plural(sentence->words, sentence->language, arg->item_count);
    case ARG_WORD:
        return is_feminine(sentence, arg);
    case ARG_TEXT:
    case ARG_TEXTS:
    case ARG_MESSAGE:
        return false;
    }
    return false;
}

/* A piece of a sentence: {name} or {name:form}. */
typedef struct Piece {
    const char *name, *form;
    size_t name_length, form_length;
} Piece;

static bool is_name_byte(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '-'
           || byte == '_';
}

/* Reads a piece at its brace; the end of it, or NULL when this is a brace like any other. */
static const char *read_piece(const char *at, Piece *piece)
{
    *piece = (Piece){ .name = ++at };
    if (*at < 'a' || *at > 'z')
        return NULL;
    while (is_name_byte(*at))
        at++;
    piece->name_length = (size_t)(at - piece->name);
    if (*at == ':') {
        piece->form = ++at;
        while (*at && *at != '{' && *at != '}')
            at++;
        piece->form_length = (size_t)(at - piece->form);
    }
    return *at == '}' ? at + 1 : NULL;
}

static const DiagArg *find_in(const DiagText *text, const Piece *piece)
{
    for (uint32_t i = 0; text && i < text->arg_count; i++) {
        const DiagArg *arg = &text->args[i];
        if (strncmp(arg->name, piece->name, piece->name_length) == 0
            && arg->name[piece->name_length] == '\0')
            return arg;
    }
    return NULL;
}

static bool is_form(const Piece *piece, const char *form)
{
    return strlen(form) == piece->form_length
           && memcmp(form, piece->form, piece->form_length) == 0;
}

/* Puts one argument in the form asked for; false when there is no such form. */
static bool put_form(Sentence *sentence, const Piece *piece, const DiagArg *arg)
{
    static const struct { const char *form; Article article; } articles[] = {
        { "a", ARTICLE_A }, { "the", ARTICLE_THE }, { "of", ARTICLE_OF }, { "no", ARTICLE_NO },
        { "named", ARTICLE_NAMED },
    };
    const char *bar = memchr(piece->form, '|', piece->form_length);

    if (bar) {
        const char *end = piece->form + piece->form_length;
        if (is_second(sentence, arg))
            put_bytes(sentence, bar + 1, (size_t)(end - bar - 1));
        else
            put_bytes(sentence, piece->form, (size_t)(bar - piece->form));
        return true;
    }
    for (size_t i = 0; i < sizeof articles / sizeof articles[0]; i++) {
        if (is_form(piece, articles[i].form)) {
            put_with_article(sentence, arg, articles[i].article);
            return true;
        }
    }
    if (is_form(piece, "plural")) {
        put_arg(sentence, arg, WORD_PLURAL);
        return true;
    }
    if (is_form(piece, "e")) {
        if (is_feminine(sentence, arg))
            put(sentence, "e");
        return true;
    }
    return false;
}

/* Puts one piece; false when it names no argument, or a form that there is not. */
static bool put_piece(Sentence *sentence, const Piece *piece)
{
    const DiagArg *arg = find_in(sentence->text, piece);

    if (!arg)
        arg = find_in(sentence->parent, piece);
    if (!arg)
        return false;
    if (piece->form)
        return put_form(sentence, piece, arg);
    put_arg(sentence, arg, WORD_USUAL);
    return true;
}

const char *diag_fill(Arena *arena, const Words *words, LangId language, const char *pattern,
                      const DiagText *text, const DiagText *parent)
{
    Sentence sentence = {
        .arena = arena, .words = words, .language = language, .text = text, .parent = parent,
    };
    const char *at = pattern;

    if (!strchr(at, '{'))
        return at;
    while (*at) {
        size_t plain = strcspn(at, "{");
        put_bytes(&sentence, at, plain);
        at += plain;
        if (!*at)
            break;
        Piece piece;
        const char *after = read_piece(at, &piece);
        if (after && put_piece(&sentence, &piece)) {
            at = after;
        } else {
            put(&sentence, "{");
            at++;
        }
    }
    return sentence.out ? sentence.out : "";
}

const char *diag_text(Arena *arena, const Words *words, LangId language, const DiagText *text,
                      const DiagText *parent)
{
    return diag_fill(arena, words, language, text_in(row_of(text->message)->text, language),
                     text, parent);
}

const char *diag_message_text(Arena *arena, const Words *words, LangId language,
                              const Diag *diag)
{
    if (diag->headline)
        return diag->headline;
    return diag_text(arena, words, language, &diag->text, NULL);
}

const char *diag_label_text(Arena *arena, const Words *words, LangId language, const Diag *diag)
{
    if (diag->primary.label.message)
        return diag_text(arena, words, language, &diag->primary.label, &diag->text);
    return diag_fill(arena, words, language,
                     text_in(row_of(diag->text.message)->label, language), &diag->text, NULL);
}
