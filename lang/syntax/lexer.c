/* lexer.c -- bytes to tokens: words, punctuation, comments, ends of line.
 *
 * Most bytes are ASCII and are told apart by one table; the rest goes through code points.
 * Marks are in lexer_mark.c, numbers and dates in lexer_number.c, texts in lexer_text.c.
 * Nothing is allocated for a token but the name of a word that was never seen.
 */

#include "lang/syntax/lexer.h"

#include <string.h>

#include "lang/base/utf8.h"
#include "lang/syntax/lexer_parts.h"

#define CTL (CLASS_CONTROL | TEXT_STOP)
#define EOL (CLASS_LINE | TEXT_STOP)
#define BLK CLASS_BLANK
#define LET (CLASS_LETTER | GOES_ON | OPENS)
#define DIG (CLASS_DIGIT | GOES_ON)
#define MRK CLASS_MARK
#define JNT (CLASS_MARK | MAY_JOIN)
#define ONE (CLASS_MARK | ALONE)
#define BSL (CLASS_MARK | TEXT_STOP)
#define QUO (CLASS_MARK | TEXT_STOP | OPENS)
#define UND (CLASS_MARK | GOES_ON)
#define HIG (CLASS_HIGH | TEXT_STOP | MAY_JOIN)
#define ROW16(x) x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x
#define ROW10(x) x, x, x, x, x, x, x, x, x, x
#define ROW26(x) ROW16(x), ROW10(x)

const uint8_t lexer_class[256] = {
    /* 00 */ CTL, CTL, CTL, CTL, CTL, CTL, CTL, CTL, CTL, BLK, EOL, EOL, CTL, EOL, CTL, CTL,
    /* 10 */ ROW16(CTL),
    /* space ! " */ BLK, MRK, QUO, MRK, MRK, MRK, MRK, JNT /* ' */,
    /* ( */ MRK, MRK, MRK, MRK, ONE /* , */, JNT /* - */, MRK, MRK,
    /* 30 */ ROW10(DIG), ONE /* : */, MRK, MRK, MRK, MRK, ONE /* ? */,
    /* @ */ MRK, ROW26(LET), MRK, BSL /* \ */, MRK, MRK, UND,
    /* ` */ MRK, ROW26(LET), ONE /* { */, MRK, ONE /* } */, MRK, CTL,
    ROW16(HIG), ROW16(HIG), ROW16(HIG), ROW16(HIG),
    ROW16(HIG), ROW16(HIG), ROW16(HIG), ROW16(HIG),
};

/* ---- small questions about the text ---- */

int32_t lexer_code(const Lexer *lexer, uint32_t at, unsigned *size)
{
    if (at >= lexer->length) {
        *size = 0;
        return 0;
    }
    return utf8_decode(lexer->text + at, lexer->length - at, size);
}

unsigned lexer_line_end(const Lexer *lexer, uint32_t at)
{
    if (at >= lexer->length)
        return 0;
    const unsigned char *text = (const unsigned char *)lexer->text + at;
    uint32_t left = lexer->length - at;

    switch (text[0]) {
    case '\n': case '\v':
        return 1;
    case '\r':
        return left > 1 && text[1] == '\n' ? 2 : 1;
    case 0xC2:      /* U+0085 */
        return left > 1 && text[1] == 0x85 ? 2 : 0;
    case 0xE2:      /* U+2028, U+2029 */
        return left > 2 && text[1] == 0x80 && (text[2] == 0xA8 || text[2] == 0xA9) ? 3 : 0;
    default:
        return 0;
    }
}

uint32_t lexer_skip_wide_blanks(const Lexer *lexer, uint32_t at)
{
    while (at < lexer->length) {
        uint8_t class = class_of(lexer->text[at]) & CLASS;
        unsigned size = 1;

        if (class == CLASS_HIGH) {
            int32_t code = lexer_code(lexer, at, &size);
            if (code < 0 || !utf8_is_blank(code))
                break;
        } else if (class != CLASS_BLANK) {
            break;
        }
        at += size;
    }
    return at;
}

uint32_t lexer_to_line_end(const Lexer *lexer, uint32_t at)
{
    while (at < lexer->length) {
        uint8_t class = class_of(lexer->text[at]) & CLASS;
        if ((class == CLASS_LINE || class == CLASS_HIGH) && lexer_line_end(lexer, at))
            break;
        at++;
    }
    return at;
}

uint32_t lexer_trim_blanks(const Lexer *lexer, uint32_t start, uint32_t end)
{
    while (end > start) {
        uint32_t at = end - 1;
        unsigned size;
        while (at > start && ((unsigned char)lexer->text[at] & 0xC0) == 0x80)
            at--;
        int32_t code = lexer_code(lexer, at, &size);
        if (at + size != end || code < 0 || !utf8_is_blank(code))
            break;
        end = at;
    }
    return end;
}

/* Is this Latin letter (U+00C0..U+02AF, two bytes) one, without asking the Unicode tables? */
static bool is_latin_letter(unsigned char first, unsigned char second)
{
    if (first == 0xC3)
        return second != 0x97 && second != 0xB7;        /* but for the signs times, divided */
    return first >= 0xC4 && first <= 0xC9;
}

static bool goes_on_at(const Lexer *lexer, uint32_t at, unsigned *size)
{
    if (at >= lexer->length)
        return false;
    uint8_t class = class_of(lexer->text[at]);

    *size = 1;
    if (class & GOES_ON)
        return true;
    if ((class & CLASS) != CLASS_HIGH)
        return false;
    if (at + 1 < lexer->length
        && is_latin_letter((unsigned char)lexer->text[at], (unsigned char)lexer->text[at + 1])
        && ((unsigned char)lexer->text[at + 1] & 0xC0) == 0x80) {
        *size = 2;
        return true;
    }
    int32_t code = lexer_code(lexer, at, size);
    return code >= 0 && utf8_is_continue(code) && !utf8_is_invisible(code);
}

static bool starts_word_at(const Lexer *lexer, uint32_t at)
{
    unsigned size;

    if (at >= lexer->length)
        return false;
    uint8_t class = class_of(lexer->text[at]) & CLASS;
    if (class != CLASS_HIGH)
        return class == CLASS_LETTER;
    int32_t code = lexer_code(lexer, at, &size);
    return code >= 0 && utf8_is_start(code);
}

/* Hyphen, apostrophe and U+2019 stand inside a word between two of its characters. */
static unsigned joint_at(const Lexer *lexer, uint32_t at)
{
    const unsigned char *text = (const unsigned char *)lexer->text + at;
    unsigned ignored;

    if (text[0] == '-' || text[0] == '\'')
        return goes_on_at(lexer, at + 1, &ignored) ? 1 : 0;
    if (text[0] == 0xE2 && lexer->length - at > 3 && text[1] == 0x80 && text[2] == 0x99)
        return goes_on_at(lexer, at + 3, &ignored) ? 3 : 0;
    return 0;
}

uint32_t lexer_plain_word_end(const Lexer *lexer, uint32_t at)
{
    const char *text = lexer->text;
    uint32_t length = lexer->length;

    for (;;) {
        while (at < length && (class_of(text[at]) & GOES_ON))
            at++;
        if (length - at < 2 || (text[at] != '-' && text[at] != '\'')
            || !(class_of(text[at + 1]) & GOES_ON))
            return at;
        at += 2;
    }
}

/* The same for a word that does not end with its ASCII part. */
static APART uint32_t wide_word_end(const Lexer *lexer, uint32_t at, bool *plain)
{
    int32_t last = 'a';
    unsigned size;

    for (;;) {
        while (at < lexer->length && (class_of(lexer->text[at]) & GOES_ON))
            at++;
        if (at >= lexer->length || !(class_of(lexer->text[at]) & MAY_JOIN))
            return at;
        unsigned char byte = (unsigned char)lexer->text[at];
        if (goes_on_at(lexer, at, &size)) {
            last = byte < 0xD6 ? 'a' : lexer_code(lexer, at, &size);
            at += size;
            continue;
        }
        if ((size = joint_at(lexer, at)) != 0) {
            at += size;
            last = 'a';
            continue;
        }
        int32_t code = lexer_code(lexer, at, &size);
        if ((code == 0x200C || code == 0x200D) && utf8_joins(last)) {
            at += size;
            continue;
        }
        /* An invisible character inside a word is refused, and the word is read through it. */
        unsigned ignored;
        if (code >= 0x80 && utf8_is_invisible(code) && !lexer_line_end(lexer, at)
            && goes_on_at(lexer, at + size, &ignored)) {
            *plain = false;
            at += size;
            continue;
        }
        return at;
    }
}

static inline uint32_t word_end(const Lexer *lexer, uint32_t start, bool *plain)
{
    uint32_t end = lexer_plain_word_end(lexer, start);

    *plain = true;
    if (end < lexer->length && (class_of(lexer->text[end]) & MAY_JOIN))
        return wide_word_end(lexer, end, plain);
    return end;
}

uint32_t lexer_word_end(const Lexer *lexer, uint32_t at, bool *plain)
{
    *plain = true;
    return starts_word_at(lexer, at) ? word_end(lexer, at, plain) : at;
}

uint32_t lexer_sign_end(const Lexer *lexer, uint32_t at)
{
    uint32_t sign = at;

    if (byte_at(lexer, at) == 'k' || byte_at(lexer, at) == 'M')
        sign++;
    const unsigned char *text = (const unsigned char *)lexer->text + sign;
    uint32_t left = sign < lexer->length ? lexer->length - sign : 0;
    if (left > 0 && text[0] == '$')
        return sign + 1;
    if (left > 1 && text[0] == 0xC2 && text[1] == 0xA3)
        return sign + 2;
    if (left > 2 && text[0] == 0xE2 && text[1] == 0x82 && text[2] == 0xAC)
        return sign + 3;
    return at;
}

/* ---- what is wrong ---- */

Diag *lexer_report(Lexer *lexer, MessageId message, uint32_t start, uint32_t end)
{
    lexer->error = true;
    if (!lexer->diags)
        return NULL;
    lexer->tree->syntax_errors++;
    return diag_add(lexer->diags, message, lexer->tree->source, (Span){start, end},
                    lexer->language);
}

void lexer_report_text(Lexer *lexer, Diag *diag, const char *name, uint32_t start, uint32_t end)
{
    if (diag)
        diag_arg_text(lexer->diags, diag, name, lexer->text + start, end - start);
}

void lexer_help_edit(Lexer *lexer, Diag *diag, MessageId help, Confidence confidence,
                     uint32_t start, uint32_t end, const char *right)
{
    if (!diag)
        return;
    DiagHelp *line = diag_help(lexer->diags, diag, help, confidence);
    diag_text_arg(lexer->diags, &line->text,
                  (DiagArg){.name = "right", .kind = ARG_TEXT, .text = right});
    diag_edit(lexer->diags, line, lexer->tree->source, (Span){start, end}, right);
}

void lexer_arg_language(Lexer *lexer, Diag *diag, const char *name, LangId language)
{
    const char *id = arena_format(lexer->tree->arena, "language-%s",
                                  words_language_code(lexer->words, language));

    diag_arg(lexer->diags, diag,
             (DiagArg){.name = name, .kind = ARG_MESSAGE, .message = message_find(id)});
}

void lexer_explain_foreign(Lexer *lexer, Diag *diag, Span word, LangId language,
                           const char *right)
{
    if (!diag)
        return;
    lexer_report_text(lexer, diag, "word", word.start, word.end);
    lexer_arg_language(lexer, diag, "language", language);
    lexer_arg_language(lexer, diag, "here", lexer->language);
    lexer_help_edit(lexer, diag, MESSAGE_HELP_WRITE, EDIT_SAFE, word.start, word.end, right);
}

/* Bytes that are not UTF-8: the fault is of the whole file, so it is said once. */
static void refuse_bytes(Lexer *lexer, uint32_t start, uint32_t end)
{
    lexer->error = true;
    if (lexer->bad_bytes)
        return;
    lexer->bad_bytes = true;
    Diag *diag = lexer_report(lexer, MESSAGE_ENCODING_INVALID, start, end);
    if (diag)
        diag_help(lexer->diags, diag, MESSAGE_HELP_SAVE_AS_UTF_8, EDIT_NONE);
}

/* Tells "U+200B" as text of the arena. */
static const char *code_name(Lexer *lexer, int32_t code)
{
    return arena_format(lexer->tree->arena, "U+%04X", (unsigned)code);
}

static void refuse_invisible(Lexer *lexer, uint32_t start, uint32_t end, int32_t code)
{
    Diag *diag = lexer_report(lexer, MESSAGE_CHARACTER_INVISIBLE, start, end);
    if (!diag)
        return;
    const char *name = code_name(lexer, code);
    diag_arg_text(lexer->diags, diag, "code", name, strlen(name));
    lexer_help_edit(lexer, diag, MESSAGE_HELP_DELETE_CHARACTER, EDIT_SAFE, start, end, "");
}

unsigned lexer_refuse(Lexer *lexer, uint32_t at)
{
    unsigned size, next;
    int32_t code = lexer_code(lexer, at, &size);
    uint32_t end = at + size;

    if (code < 0) {
        while (end < lexer->length && lexer_code(lexer, end, &next) < 0)
            end++;
        refuse_bytes(lexer, at, end);
        return end - at;
    }
    if (code >= 0xA0 && code < 0x300 && code != 0xAD)
        return 0;
    if (code == 0x200C || code == 0x200D || !utf8_is_invisible(code))
        return 0;
    while (end < lexer->length && lexer_code(lexer, end, &next) == code)
        end += next;            /* a run of one character is one fault */
    refuse_invisible(lexer, at, end, code);
    return end - at;
}

/* ---- lines and comments ---- */

/* To the end of the line, looking at every character of the comment. */
static void skip_comment(Lexer *lexer)
{
    uint32_t start = lexer->at;

    while (lexer->at < lexer->length) {
        uint8_t class = class_of(lexer->text[lexer->at]) & CLASS;
        if (class == CLASS_LINE)
            break;
        if (class == CLASS_HIGH || class == CLASS_CONTROL) {
            if (lexer_line_end(lexer, lexer->at))
                break;
            unsigned size = lexer_refuse(lexer, lexer->at);
            if (!size)
                lexer_code(lexer, lexer->at, &size);
            lexer->at += size;
        } else {
            lexer->at++;
        }
    }
    if (lexer->at - start > lexer->limits->token_bytes)
        lexer_report(lexer, MESSAGE_TOKEN_TOO_LONG, start, start + 1);
}

/* Past blank lines and comments: where the next thing starts. */
static uint32_t next_thing(const Lexer *lexer, uint32_t at)
{
    for (;;) {
        unsigned size;

        at = lexer_skip_blanks(lexer, at);
        if (at >= lexer->length)
            return at;
        if (lexer->text[at] == '#')
            at = lexer_to_line_end(lexer, at);
        else if ((size = lexer_line_end(lexer, at)) != 0)
            at += size;
        else
            return at;
    }
}

/* A word without ASCII letters only is looked up, since its accents do not count. */
static bool is_continuation_word(Lexer *lexer, uint32_t start, uint32_t end)
{
    const char *word = lexer->text + start;

    for (uint32_t at = start; at < end; at++)
        if ((unsigned char)lexer->text[at] >= 0x80) {
            if (end - start > 32)
                return false;
            NameId name = names_intern(lexer->names, word, end - start);
            static const CoreId cores[] = {CORE_WHERE, CORE_AND, CORE_OR, CORE_ELSE};
            for (size_t i = 0; i < sizeof cores / sizeof cores[0]; i++)
                if (words_is_core(lexer->words, lexer->names, lexer->language, name, cores[i]))
                    return true;
            return false;
        }
    for (unsigned i = 0; i < lexer->continuation_count; i++) {
        if (lexer->continuation[i].length != end - start)
            continue;
        uint32_t at = 0;
        while (at < end - start && (word[at] | 0x20) == lexer->continuation[i].text[at])
            at++;
        if (at == end - start)
            return true;
    }
    return false;
}

/* Does the line that says something at or after `at` go on with the statement before it? */
static APART bool goes_on_at_last(Lexer *lexer, uint32_t at)
{
    at = next_thing(lexer, at);
    if (at >= lexer->length)
        return false;
    if (lexer->text[at] == '|')
        return true;

    bool plain;
    uint32_t end = lexer_word_end(lexer, at, &plain);
    if (end == at || !is_continuation_word(lexer, at, end))
        return false;
    return byte_at(lexer, lexer_skip_blanks(lexer, end)) != ':';
}

/* The same; most lines tell with their first letter or mark that they do not. */
static bool goes_on_after(Lexer *lexer, uint32_t at)
{
    while (at < lexer->length && lexer->text[at] == ' ')
        at++;
    if (at >= lexer->length)
        return false;
    char byte = lexer->text[at];
    uint8_t class = class_of(byte) & CLASS;
    if (class == CLASS_LETTER && !(lexer->continuation_letters >> (byte & 31) & 1))
        return false;
    if (class == CLASS_MARK && byte != '#' && byte != '|')
        return false;
    return goes_on_at_last(lexer, at);
}

static bool may_end_statement(uint8_t last)
{
    return last != TOKEN_NEWLINE && last != TOKEN_DOC && last != TOKEN_OPEN;
}

/* Takes a line end of this size; true when it is a token. */
static bool take_line_end(Lexer *lexer, Token *token, unsigned size)
{
    if (lexer->at - lexer->line > lexer->limits->token_bytes)
        lexer_report(lexer, MESSAGE_LINE_TOO_LONG, lexer->line, lexer->line + 1);
    lexer->at += size;
    lexer->line = lexer->at;
    lexer->line_start = true;
    if (lexer->ahead)
        lexer_look_ahead(lexer);
    if (!may_end_statement(lexer->last) || lexer->continues)
        return false;
    if (lexer->parens == 0 && goes_on_after(lexer, lexer->at)) {
        lexer->continues = true;
        return false;
    }
    token->kind = TOKEN_NEWLINE;
    return true;
}

static bool starts_with(const Lexer *lexer, uint32_t at, const char *word)
{
    size_t length = strlen(word);

    return lexer->length - at >= length && memcmp(lexer->text + at, word, length) == 0;
}

/* `#!` lines talk to tools; one that no tool knows is a mistake in writing (E122). */
static void check_directive(Lexer *lexer, uint32_t start)
{
    static const char *const known[] = {"expect", "query", "run", "today"};

    if (starts_with(lexer, start, "#!/") && start == lexer->first)
        return;
    uint32_t word = lexer_skip_blanks(lexer, start + 2), end = word;
    while (end < lexer->length && (class_of(lexer->text[end]) & GOES_ON))
        end++;
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (end - word == strlen(known[i]) && starts_with(lexer, word, known[i]))
            return;
    if (end == word)
        end = lexer_to_line_end(lexer, word);
    Diag *diag = lexer_report(lexer, MESSAGE_DIRECTIVE_UNKNOWN, start, end);
    lexer_report_text(lexer, diag, "name", word, end);
}

/* Takes a comment; true when it is a token: a note at the start of a line, before a statement. */
static APART bool take_comment(Lexer *lexer, Token *token)
{
    uint32_t start = lexer->at;
    bool is_note = byte_at(lexer, start + 1) == '#' && lexer->line_start && !lexer->continues
                   && lexer->parens == 0
                   && !may_end_statement(lexer->last);

    if (start == lexer->line && byte_at(lexer, start + 1) == '!')
        check_directive(lexer, start);
    skip_comment(lexer);
    if (!is_note)
        return false;

    uint32_t from = lexer_skip_blanks(lexer, start + 2), to = lexer->at;
    if (from > to)
        from = to;
    while (to > from && (class_of(lexer->text[to - 1]) & CLASS) == CLASS_BLANK)
        to--;
    token->kind = TOKEN_DOC;
    token->start = from;
    token->end = to;
    token->line_start = true;
    lexer->line_start = false;
    return true;
}

/* ---- words ---- */

/* A word with invisible characters in it: each is reported, and the word is what is left. */
static NameId clean_name(Lexer *lexer, uint32_t start, uint32_t end)
{
    char *clean = arena_alloc(lexer->tree->arena, end - start + 1);
    size_t length = 0;

    for (uint32_t at = start; at < end;) {
        unsigned size;
        int32_t code = lexer_code(lexer, at, &size);
        bool is_refused = code >= 0x80 && code != 0x200C && code != 0x200D
                          && utf8_is_invisible(code);
        if (is_refused) {
            if (!lexer->error)
                refuse_invisible(lexer, at, at + size, code);
        } else {
            memcpy(clean + length, lexer->text + at, size);
            length += size;
        }
        at += size;
    }
    return names_intern(lexer->names, clean, length);
}

/* A word that is too long, or has invisible characters in it. */
static APART NameId doubtful_name(Lexer *lexer, uint32_t start, uint32_t end)
{
    if (end - start <= lexer->limits->name_bytes)
        return clean_name(lexer, start, end);
    if (!lexer->error)
        lexer_report(lexer, MESSAGE_NAME_TOO_LONG, start, end);
    return names_intern(lexer->names, lexer->text + start, 0);      /* nobody's name */
}

static void take_word(Lexer *lexer, Token *token)
{
    bool plain = true;
    uint32_t start = lexer->at, end, hash;
    const Seen *seen = lexer_seen(lexer, start);

    if (seen) {
        end = seen->end;
        hash = seen->hash;
        names_expect_hash(lexer->names, lexer_seen_soon(lexer));
    } else {
        end = word_end(lexer, start, &plain);
        hash = names_hash(lexer->names, lexer->text + start, end - start);
    }
    lexer->at = end;
    token->kind = TOKEN_WORD;
    if (!plain || end - start > lexer->limits->name_bytes) {
        token->name = doubtful_name(lexer, start, end);
        return;
    }
    token->name = names_intern_hashed(lexer->names, hash, lexer->text + start, end - start);
    uint32_t next = lexer_skip_blanks(lexer, end);
    if (next > end && digit_at(lexer, next))
        lexer_month_date(lexer, token, start, end);
}

/* ---- one token ---- */

/* What starts at a byte above ASCII; false when it was passed over. */
static APART bool take_high(Lexer *lexer, Token *token)
{
    unsigned size = lexer_line_end(lexer, lexer->at);
    if (size)
        return take_line_end(lexer, token, size);

    int32_t code = lexer_code(lexer, lexer->at, &size);
    if (code >= 0 && utf8_is_start(code)) {
        take_word(lexer, token);
        return true;
    }
    if (code >= 0 && utf8_is_blank(code)) {
        lexer->at += size;
        return false;
    }
    unsigned refused = lexer_refuse(lexer, lexer->at);
    if (refused) {
        lexer->at += refused;
        return false;
    }
    lexer_high_mark(lexer, token, code, size);
    return true;
}

/* A thousand or a million before a currency sign: `k`, `M`. */
static inline bool may_be_currency(const Lexer *lexer)
{
    char first = lexer->text[lexer->at], second = byte_at(lexer, lexer->at + 1);

    return (first == 'k' || first == 'M') && (second == '$' || (unsigned char)second >= 0x80);
}

static bool take_mark(Lexer *lexer, Token *token)
{
    char byte = lexer->text[lexer->at];

    if (class_of(byte) & ALONE) {
        token->kind = lexer_marks[(unsigned char)byte];
        lexer->at++;
        return true;
    }
    if (byte == '#')
        return take_comment(lexer, token);
    if (byte == '[' || byte == ']') {
        lexer_bracket(lexer);
        return false;
    }
    lexer_mark(lexer, token);
    return true;
}

/* Takes what stands here; true when it is a token, else it was passed over. */
static bool take_thing(Lexer *lexer, Token *token)
{
    switch (class_of(lexer->text[lexer->at]) & CLASS) {
    case CLASS_LETTER:
        if (!may_be_currency(lexer) || !lexer_currency(lexer, token))
            take_word(lexer, token);
        return true;
    case CLASS_MARK:
        return take_mark(lexer, token);
    case CLASS_LINE:
        return take_line_end(lexer, token, lexer_line_end(lexer, lexer->at));
    case CLASS_DIGIT:
        lexer_number(lexer, token);
        return true;
    case CLASS_HIGH:
        return take_high(lexer, token);
    case CLASS_CONTROL:
        lexer->at += lexer_refuse(lexer, lexer->at);
        return false;
    default:                    /* a blank */
        lexer->at++;
        return false;
    }
}

void lexer_next(Lexer *lexer, Token *token)
{
    uint32_t before = lexer->at;

    *token = (Token){.kind = TOKEN_END};
    do {
        while (lexer->at < lexer->length && lexer->text[lexer->at] == ' ')
            lexer->at++;
        token->start = lexer->at;
        token->line_offset = lexer->line;
    } while (lexer->at < lexer->length && !take_thing(lexer, token));

    token->blank_before = token->start > before;
    if (token->kind != TOKEN_DOC)
        token->end = lexer->at;
    if (token->kind != TOKEN_DOC && token->kind != TOKEN_NEWLINE) {
        token->line_start = lexer->line_start;
        lexer->line_start = false;
        lexer->continues = false;
    }
    token->has_error |= lexer->error;
    lexer->error = false;
    if (token->kind == TOKEN_OPEN || token->kind == TOKEN_CLOSE || token->kind == TOKEN_NEWLINE)
        lexer->brackets = 0;
    if (lexer->last != TOKEN_END) {     /* the end comes as often as it is asked for */
        lexer->before_last = lexer->last;
        lexer->last = token->kind;
    }
}

/* ---- what only the parser knows ---- */

/* Looks at a character that is taken as it stands; its length. */
static unsigned raw_character(Lexer *lexer, uint32_t at)
{
    uint8_t class = class_of(lexer->text[at]) & CLASS;
    unsigned size = 1;

    if (class != CLASS_HIGH && class != CLASS_CONTROL)
        return 1;
    unsigned refused = lexer_refuse(lexer, at);
    lexer_code(lexer, at, &size);
    return refused ? refused : size;
}

void lexer_pattern(Lexer *lexer, const Token *slash, Token *token)
{
    uint32_t at = slash->end;
    bool is_closed = false;

    *token = *slash;
    token->kind = TOKEN_PATTERN;
    while (at < lexer->length && !lexer_line_end(lexer, at)) {
        char byte = lexer->text[at];
        if (byte == '/') {
            is_closed = true;
            break;
        }
        if (byte == '\\' && at + 1 < lexer->length && !lexer_line_end(lexer, at + 1))
            at++;
        at += raw_character(lexer, at);
    }
    if (is_closed) {
        at++;
        if (byte_at(lexer, at) == 'i') {
            token->flags = NODE_CASELESS;
            at++;
        }
    } else {
        Diag *diag = lexer_report(lexer, MESSAGE_PATTERN_UNCLOSED, slash->start, slash->end);
        if (diag)
            diag_help(lexer->diags, diag, MESSAGE_HELP_CLOSE_PATTERN, EDIT_NONE);
        token->flags = TOKEN_UNCLOSED;
    }
    lexer->at = at;
    token->end = at;
    token->has_error = lexer->error;
    lexer->error = false;
    lexer->last = TOKEN_PATTERN;
}

Span lexer_rest_of_line(Lexer *lexer, uint32_t from)
{
    uint32_t start = lexer_skip_blanks(lexer, from);
    uint32_t end = lexer_to_line_end(lexer, from);

    if (start > end)
        start = end;
    lexer->at = end;
    while (end > start && (class_of(lexer->text[end - 1]) & CLASS) == CLASS_BLANK)
        end--;
    return (Span){start, end};
}

uint32_t lexer_first_word(Lexer *lexer, Span rest, NameId *name)
{
    bool plain;
    uint32_t end = lexer_word_end(lexer, rest.start, &plain);

    *name = end > rest.start
                ? names_intern(lexer->names, lexer->text + rest.start, end - rest.start)
                : NAME_NONE;
    return end;
}

void lexer_check(Lexer *lexer, Span span)
{
    for (uint32_t at = span.start; at < span.end;)
        at += raw_character(lexer, at);
}

void lexer_close_parens(Lexer *lexer)
{
    lexer->parens = 0;
}

void lexer_language(Lexer *lexer, LangId language)
{
    static const CoreId cores[] = {CORE_WHERE, CORE_AND, CORE_OR, CORE_ELSE};

    lexer->language = language;
    lexer->decimal_comma = words_decimal_comma(lexer->words, language);
    lexer->continuation_count = 0;
    lexer->continuation_letters = 0;
    for (size_t i = 0; i < sizeof cores / sizeof cores[0]; i++) {
        const char *text = lexer_core_text(lexer, cores[i]);
        if (!text)
            continue;
        unsigned at = lexer->continuation_count++;
        lexer->continuation[at].text = text;
        lexer->continuation[at].length = (uint32_t)strlen(text);
        lexer->continuation_letters |= 1u << (text[0] & 31);
    }
}

void lexer_seek(Lexer *lexer, uint32_t at)
{
    lexer->at = at;
    lexer->line = at;
    lexer->parens = 0;
    lexer->continues = false;
    lexer->last = lexer->before_last = TOKEN_NEWLINE;
}

/* A text that is none: UTF-16, or the bytes of a program or a picture. */
static bool is_text(Lexer *lexer)
{
    const unsigned char *text = (const unsigned char *)lexer->text;
    MessageId message = MESSAGE_ENCODING_INVALID;
    uint32_t look = lexer->length < 8192 ? lexer->length : 8192;

    if (lexer->length > 1 && ((text[0] == 0xFF && text[1] == 0xFE)
                              || (text[0] == 0xFE && text[1] == 0xFF)))
        message = MESSAGE_ENCODING_UTF_16;
    else if (!memchr(text, 0, look) || utf8_valid(lexer->text, look) + 4 > look)
        return true;
    else
        message = MESSAGE_NOT_A_TEXT;
    Diag *diag = lexer_report(lexer, message, 0, 1);
    if (diag)
        diag_help(lexer->diags, diag, message == MESSAGE_NOT_A_TEXT ? MESSAGE_HELP_TEXT_FILE
                                                                    : MESSAGE_HELP_SAVE_AS_UTF_8,
                  EDIT_NONE);
    return false;
}

Lexer *lexer_new(Tree *tree, Diags *diags, const Words *words)
{
    Lexer *lexer = arena_alloc(tree->arena, sizeof *lexer);

    lexer->tree = tree;
    lexer->names = tree->names;
    lexer->words = words;
    lexer->limits = &arena_env(tree->arena)->limits;
    lexer->diags = diags;
    lexer->text = tree->source->text;
    lexer->length = tree->source->length;
    lexer->line_start = true;
    lexer->last = TOKEN_NEWLINE;
    lexer->before_last = TOKEN_NEWLINE;
    lexer_language(lexer, tree->language);
    if (!is_text(lexer)) {
        lexer->at = lexer->length;
    } else if (lexer->length >= 3 && memcmp(lexer->text, "\xEF\xBB\xBF", 3) == 0) {
        lexer->at = 3;
        lexer->line = 3;
    }
    lexer->first = lexer->at;
    return lexer;
}
