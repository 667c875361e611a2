/* lexer_text.c -- texts: quotes of every kind, escapes, long texts.
 *
 * Most texts are slices of their source.  One with escapes, refused characters, or letters that
 * are not NFC is cooked: its content is built in the arena.
 */

#include <string.h>

#include "lang/base/utf8.h"
#include "lang/syntax/lexer_parts.h"

enum { LONGEST_ESCAPE = 16 };   /* `\\u{0010ffff}` and some room */

/* ---- content that is not a slice ---- */

/* The code of an escape that starts at `at` (a backslash), and its length; -1: unknown. */
static int32_t escape_code(const Lexer *lexer, uint32_t at, uint32_t end, uint32_t *length)
{
    char kind = at + 1 < end ? lexer->text[at + 1] : '\0';

    *length = 2;
    switch (kind) {
    case '"': return '"';
    case '\\': return '\\';
    case 'n': return '\n';
    case 't': return '\t';
    case 'u': break;
    default:
        if (at + 1 >= end || lexer_line_end(lexer, at + 1))
            *length = 1;
        else if ((unsigned char)kind >= 0x80) {
            unsigned size;
            lexer_code(lexer, at + 1, &size);
            *length = 1 + size;
        }
        return -1;
    }
    if (at + 2 >= end || lexer->text[at + 2] != '{')
        return -1;
    int32_t code = 0;
    uint32_t digits = 0, from = at + 3;
    for (; from < end && lexer->text[from] != '}' && digits < 8; from++, digits++) {
        char byte = lexer->text[from];
        int value = is_digit(byte) ? byte - '0'
                    : byte >= 'a' && byte <= 'f' ? byte - 'a' + 10
                    : byte >= 'A' && byte <= 'F' ? byte - 'A' + 10 : -1;
        if (value < 0)
            break;
        code = code < 0x110000 ? code * 16 + value : code;
    }
    if (from >= end || lexer->text[from] != '}') {
        *length = from - at;
        return -1;
    }
    *length = from + 1 - at;
    bool is_character = digits > 0 && code > 0 && code <= 0x10FFFF
                        && (code < 0xD800 || code > 0xDFFF);
    return is_character ? code : -1;
}

static void report_escape(Lexer *lexer, uint32_t at, uint32_t length)
{
    Diag *diag = lexer_report(lexer, MESSAGE_ESCAPE_UNKNOWN, at, at + length);

    lexer_report_text(lexer, diag, "escape", at, at + length);
    if (diag)
        diag_help(lexer->diags, diag, MESSAGE_HELP_ESCAPES, EDIT_NONE);
}

/* Copies [start, end) without what may not stand there, with escapes read. */
static size_t cook_part(Lexer *lexer, char *out, uint32_t start, uint32_t end)
{
    size_t length = 0;

    for (uint32_t at = start; at < end;) {
        unsigned size;
        uint32_t escape;
        if (lexer->text[at] == '\\') {
            int32_t code = escape_code(lexer, at, end, &escape);
            if (code >= 0)
                length += utf8_encode(code, out + length);
            at += escape;
            continue;
        }
        int32_t code = lexer_code(lexer, at, &size);
        if (code >= 0 && (code == '\t' || code == 0x200C || code == 0x200D
                          || !utf8_is_invisible(code))) {
            memcpy(out + length, lexer->text + at, size);
            length += size;
        }
        at += size;
    }
    return length;
}

/* Keeps a content in the tree; returns 1 + its index. */
static uint32_t keep_text(Lexer *lexer, const char *bytes, size_t length)
{
    Tree *tree = lexer->tree;
    size_t result;

    bytes = utf8_nfc(tree->arena, bytes, length, &result);
    tree->texts = arena_grow(tree->arena, tree->texts, &tree->text_capacity,
                             tree->text_count + 1, sizeof *tree->texts);
    tree->texts[tree->text_count] = (CookedText){bytes, (uint32_t)result};
    return (uint32_t)++tree->text_count;
}

static uint32_t cook(Lexer *lexer, uint32_t start, uint32_t end)
{
    if (!lexer->diags)
        return 0;               /* a quiet lexer leaves nothing in the tree */
    char *out = arena_alloc(lexer->tree->arena, end - start + 1);

    return keep_text(lexer, out, cook_part(lexer, out, start, end));
}

/* ---- one line ---- */

typedef struct Scan {
    uint32_t end;               /* of the content */
    bool is_closed;
    bool needs_cooking;
} Scan;

/* Composed already, whatever stands before it: Latin letters, usual punctuation, money. */
static bool is_surely_nfc(int32_t code)
{
    return code < 0x300 || (code >= 0x2010 && code <= 0x2027) || code == 0x202F
           || code == 0x20AC;
}

/* Looks at one character that is not plain ASCII; returns its length. */
static uint32_t scan_high(Lexer *lexer, uint32_t at, Scan *scan, bool *has_fault)
{
    unsigned size;
    bool said = lexer->error;
    bool quiet = *has_fault;
    Diags *diags = lexer->diags;

    if (quiet)
        lexer->diags = NULL;    /* one message for a token */
    unsigned refused = lexer_refuse(lexer, at);
    lexer->diags = diags;
    if (refused) {
        scan->needs_cooking = true;
        *has_fault = true;
        return refused;
    }
    lexer->error = said;
    int32_t code = lexer_code(lexer, at, &size);
    if (!is_surely_nfc(code))
        scan->needs_cooking = true;
    return size;
}

static uint32_t scan_escape(Lexer *lexer, uint32_t at, Scan *scan, bool *has_fault)
{
    uint32_t length;
    uint32_t end = lexer->length - at > LONGEST_ESCAPE ? at + LONGEST_ESCAPE : lexer->length;

    scan->needs_cooking = true;
    if (escape_code(lexer, at, end, &length) < 0 && !*has_fault) {
        report_escape(lexer, at, length);
        *has_fault = true;
    }
    return length;
}

/* The next byte that is not just content: eight at a time, since most of a file is texts. */
uint32_t lexer_text_stop(const Lexer *lexer, uint32_t at)
{
    const uint64_t ones = 0x0101010101010101u, highs = ones * 0x80;

    for (uint64_t word; lexer->length - at >= sizeof word; at += (uint32_t)sizeof word) {
        memcpy(&word, lexer->text + at, sizeof word);
        uint64_t quote = word ^ ones * '"', slash = word ^ ones * '\\', del = word ^ ones * 0x7F;
        uint64_t stops = (word | (word - ones * 0x20) | (quote - ones) | (slash - ones)
                          | (del - ones)) & highs;
        if (stops)
            break;
    }
    while (at < lexer->length && !(class_of(lexer->text[at]) & TEXT_STOP))
        at++;
    return at;
}

/* From just after the opening quote to `close`, or to the end of the line. */
static Scan scan_line(Lexer *lexer, uint32_t at, const char *open, const char *close)
{
    Scan scan = {0};
    bool has_fault = false;
    size_t close_length = strlen(close), open_length = strlen(open);
    unsigned depth = 0;         /* guillemets nest */

    while ((at = lexer_text_stop(lexer, at)) < lexer->length) {
        uint32_t left = lexer->length - at;
        const char *text = lexer->text + at;
        if (left >= close_length && memcmp(text, close, close_length) == 0) {
            if (depth == 0) {
                scan.is_closed = true;
                break;
            }
            depth--;
            at += (uint32_t)close_length;
        } else if (open_length && left >= open_length && memcmp(text, open, open_length) == 0) {
            depth++;
            at += (uint32_t)open_length;
        } else if (*text == '\\') {
            at += scan_escape(lexer, at, &scan, &has_fault);
        } else if (*text == '"') {
            at++;
        } else if (lexer_line_end(lexer, at)) {
            break;
        } else {
            at += scan_high(lexer, at, &scan, &has_fault);
        }
    }
    scan.end = at;
    return scan;
}

/* A text that is not closed ends before the ` {` that ends its line, or before the ` }` that
 * closes a block of this line; else with the line. */
static uint32_t unclosed_end(const Lexer *lexer, uint32_t start, uint32_t line_end)
{
    uint32_t end = line_end;

    while (end > start && (class_of(lexer->text[end - 1]) & CLASS) == CLASS_BLANK)
        end--;
    if (end - start < 2)
        return end;
    char last = lexer->text[end - 1];
    bool is_apart = (class_of(lexer->text[end - 2]) & CLASS) == CLASS_BLANK;
    bool ends_block = last == '}' && memchr(lexer->text + lexer->line, '{', start - lexer->line)
                      && !memchr(lexer->text + start, '{', end - start);
    if (!is_apart || (last != '{' && !ends_block))
        return end;
    end -= 2;
    while (end > start && (class_of(lexer->text[end - 1]) & CLASS) == CLASS_BLANK)
        end--;
    return end;
}

/* Ends a text of one line whose content starts at `start`. */
static void finish_line(Lexer *lexer, Token *token, uint32_t start, const char *open,
                        const char *close)
{
    Scan scan = scan_line(lexer, start, open, close);

    if (scan.is_closed) {
        lexer->at = scan.end + (uint32_t)strlen(close);
    } else {
        scan.end = unclosed_end(lexer, start, scan.end);
        lexer->at = scan.end;
        scan.needs_cooking = true;
        token->flags |= TOKEN_UNCLOSED;
        if (!lexer->error) {
            Diag *diag = lexer_report(lexer, MESSAGE_TEXT_UNCLOSED, token->start, start);
            lexer_help_edit(lexer, diag, MESSAGE_HELP_CLOSE_TEXT, EDIT_LIKELY, scan.end,
                            scan.end, close);
        }
    }
    if (lexer->at - token->start > lexer->limits->token_bytes)
        lexer_report(lexer, MESSAGE_TOKEN_TOO_LONG, token->start, start);
    if (scan.needs_cooking) {
        uint32_t from = start, to = scan.end;
        if (token->flags & TEXT_GUILLEMETS) {
            from = lexer_skip_blanks(lexer, from);
            to = lexer_trim_blanks(lexer, from, to);
        }
        token->text = cook(lexer, from, to > from ? to : from);
    }
}

/* ---- long texts ---- */

typedef struct Long {
    uint32_t body;              /* the first line of the content */
    uint32_t body_end;          /* where the line of the closing quotes starts */
    uint32_t quotes;            /* where they stand; body_end when there are none */
    uint32_t end;               /* where reading goes on, and the start of that line */
    uint32_t line;
    bool is_closed;
} Long;

static bool has_quotes(const Lexer *lexer, uint32_t at)
{
    return lexer->length - at >= 3 && memcmp(lexer->text + at, "\"\"\"", 3) == 0;
}

/* Does the line that starts its content at `at` read `WORD :` or `}`?  With `opens`: does it
 * open a long text of its own? */
static bool reads_as_item(const Lexer *lexer, uint32_t at, bool opens)
{
    bool plain;

    if (byte_at(lexer, at) == '}')
        return !opens;
    uint32_t end = lexer_word_end(lexer, at, &plain);
    uint32_t colon = lexer_skip_blanks(lexer, end);
    if (end == at || byte_at(lexer, colon) != ':')
        return false;
    if (!opens)
        return true;
    uint32_t quotes = lexer_skip_blanks(lexer, colon + 1);
    return has_quotes(lexer, quotes)
           && lexer_skip_blanks(lexer, quotes + 3) == lexer_to_line_end(lexer, quotes);
}

/* Finds the closing quotes, or the place where the text must have ended: before the first line
 * with the indentation of its property or less that reads as another item. */
static Long find_long_end(const Lexer *lexer, uint32_t after)
{
    uint32_t indentation = lexer_skip_blanks(lexer, lexer->line) - lexer->line;
    uint32_t before = lexer->line, line_end = lexer_to_line_end(lexer, after);
    uint32_t line = line_end + lexer_line_end(lexer, line_end);
    Long found = {.body = line}, given_up = {0};

    for (; line < lexer->length && line > line_end;) {
        uint32_t first = lexer_skip_blanks(lexer, line);
        if (has_quotes(lexer, first))
            return (Long){found.body, line, first, first + 3, line, true};
        if (first - line <= indentation) {
            Long here = {found.body, line, line, line_end, before, false};
            if (reads_as_item(lexer, first, true))
                return given_up.end ? given_up : here;  /* the quotes below are that text's */
            if (!given_up.end && reads_as_item(lexer, first, false))
                given_up = here;
        }
        before = line;
        line_end = lexer_to_line_end(lexer, line);
        line = line_end + lexer_line_end(lexer, line_end);
    }
    if (given_up.end)
        return given_up;
    return (Long){found.body, lexer->length, lexer->length, lexer->length, before, false};
}

static void report_margin(Lexer *lexer, uint32_t first, uint32_t end)
{
    if (lexer->error)
        return;
    Diag *diag = lexer_report(lexer, MESSAGE_LONG_TEXT_MARGIN, first,
                              first < end ? end : first + 1);
    if (diag)
        diag_help(lexer->diags, diag, MESSAGE_HELP_LONG_TEXT_MARGIN, EDIT_NONE);
}

static void scan_long_line(Lexer *lexer, uint32_t at, uint32_t end)
{
    Scan scan = {0};
    bool has_fault = lexer->error;

    while (at < end) {
        uint8_t class = class_of(lexer->text[at]);
        if (!(class & TEXT_STOP) || lexer->text[at] == '"')
            at++;
        else if (lexer->text[at] == '\\')
            at += scan_escape(lexer, at, &scan, &has_fault);
        else
            at += scan_high(lexer, at, &scan, &has_fault);
    }
}

/* Each line without the margin, joined by line feeds; the last line end is not part of it. */
static void cook_long(Lexer *lexer, Token *token, const Long *found)
{
    uint32_t margin = found->quotes - found->body_end;
    const char *blanks = lexer->text + found->body_end;
    char *out = arena_alloc(lexer->tree->arena, found->body_end - found->body + 1);
    size_t length = 0;
    bool is_first = true;

    for (uint32_t line = found->body; line < found->body_end;) {
        uint32_t end = lexer_to_line_end(lexer, line);
        uint32_t first = lexer_skip_blanks(lexer, line);
        if (end > found->body_end)
            end = found->body_end;
        if (!is_first)
            out[length++] = '\n';
        is_first = false;
        if (first < end) {      /* empty lines have no margin to keep */
            uint32_t from = line + margin;
            if (from > end || memcmp(lexer->text + line, blanks, margin) != 0) {
                if (found->is_closed)
                    report_margin(lexer, first, end);
                from = first;
            }
            scan_long_line(lexer, from, end);
            length += cook_part(lexer, out + length, from, end);
        }
        line = end + lexer_line_end(lexer, end);
        if (line == end)
            break;
    }
    if (lexer->diags)
        token->text = keep_text(lexer, out, length);
}

static void report_opening(Lexer *lexer, uint32_t start, uint32_t end)
{
    Diag *diag = lexer_report(lexer, MESSAGE_LONG_TEXT_OPENING, start,
                              lexer_trim_blanks(lexer, start, end));
    if (diag)
        diag_help(lexer->diags, diag, MESSAGE_HELP_LONG_TEXT_OPENING, EDIT_NONE);
}

/* `"""text"""` on one line: read as the text it was meant to be. */
static bool take_long_on_one_line(Lexer *lexer, Token *token, uint32_t rest, uint32_t line_end)
{
    for (uint32_t at = rest; at + 3 <= line_end; at++) {
        if (!has_quotes(lexer, at))
            continue;
        report_opening(lexer, rest, at + 3);
        token->text = cook(lexer, rest, at);
        lexer->at = at + 3;
        return true;
    }
    return false;
}

static void take_long(Lexer *lexer, Token *token)
{
    uint32_t start = lexer->at, after = start + 3;
    uint32_t rest = lexer_skip_blanks(lexer, after), line_end = lexer_to_line_end(lexer, after);

    token->flags = TEXT_LONG;
    if (rest < line_end && take_long_on_one_line(lexer, token, rest, line_end))
        return;
    Long found = find_long_end(lexer, after);
    if (!found.is_closed) {
        Diag *diag = lexer_report(lexer, MESSAGE_LONG_TEXT_UNCLOSED, start, after);
        if (diag)
            diag_help(lexer->diags, diag, MESSAGE_HELP_CLOSE_LONG_TEXT, EDIT_NONE);
        token->flags |= TOKEN_UNCLOSED;
    } else if (rest < line_end) {
        report_opening(lexer, rest, line_end);
    }
    cook_long(lexer, token, &found);
    if (found.end - start > lexer->limits->token_bytes)
        lexer_report(lexer, MESSAGE_TOKEN_TOO_LONG, start, after);
    lexer->at = found.end;
    lexer->line = found.line;
}

/* Quotes that are not those of the language (E110): the text is read all the same. */
void lexer_foreign_quote(Lexer *lexer, Token *token, int32_t code, unsigned size)
{
    uint32_t start = lexer->at, from = start + size, at = from, after;
    int32_t closers[2] = {code, code};
    bool said = lexer->error;

    switch (code) {
    case '`': closers[1] = '\''; break;
    case 0x2018: case 0x201A: case 0x201B: closers[0] = 0x2019, closers[1] = 0x2018; break;
    case 0x2039: closers[0] = closers[1] = 0x203A; break;
    case 0x203A: closers[0] = closers[1] = 0x2039; break;
    case 0x201E: case 0x201F: closers[0] = 0x201D, closers[1] = 0x201C; break;
    case 0xBB: closers[0] = closers[1] = 0xAB; break;
    default: break;
    }
    for (;;) {
        unsigned length;
        int32_t next = lexer_code(lexer, at, &length);
        if (length == 0 || lexer_line_end(lexer, at)) {
            at = unclosed_end(lexer, from, at);
            after = at;
            token->flags |= TOKEN_UNCLOSED;
            break;
        }
        if (next == closers[0] || next == closers[1]) {
            after = at + length;
            break;
        }
        at += length;
    }
    Diag *diag = said ? NULL : lexer_report(lexer, MESSAGE_QUOTES_FOREIGN, start, after);
    if (diag && !memchr(lexer->text + from, '"', at - from)
        && !memchr(lexer->text + from, '\\', at - from))
        lexer_help_edit(lexer, diag, MESSAGE_HELP_WRITE, EDIT_SAFE, start, after,
                        arena_format(lexer->tree->arena, "\"%.*s\"", (int)(at - from),
                                     lexer->text + from));
    lexer->error = true;
    token->kind = TOKEN_TEXT;
    token->text = cook(lexer, from, at);
    lexer->at = after;
}

/* ---- which quotes ---- */

/* A text of one line with nothing but its characters: most are. */
static bool take_plain(Lexer *lexer, uint32_t start)
{
    const Seen *seen = lexer_seen(lexer, start);
    uint32_t end = seen ? seen->end : lexer_text_stop(lexer, start + 1);

    if (byte_at(lexer, end) != '"' || end - start >= lexer->limits->token_bytes)
        return false;
    lexer->at = end + 1;
    return true;
}

void lexer_text(Lexer *lexer, Token *token)
{
    uint32_t start = lexer->at;

    token->kind = TOKEN_TEXT;
    if (lexer->text[start] == '"') {
        if (has_quotes(lexer, start))
            take_long(lexer, token);
        else if (!take_plain(lexer, start))
            finish_line(lexer, token, start + 1, "", "\"");
    } else if ((unsigned char)lexer->text[start] == 0xC2) {
        token->flags = TEXT_GUILLEMETS;
        finish_line(lexer, token, start + 2, "\xC2\xAB", "\xC2\xBB");
    } else {
        token->flags = TEXT_CURLY;
        finish_line(lexer, token, start + 3, "", "\xE2\x80\x9D");
    }
}
