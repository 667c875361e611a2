/* lexer_parts.h -- what the three files of the lexer share; nobody else includes it. */
#ifndef LANG_SYNTAX_LEXER_PARTS_H
#define LANG_SYNTAX_LEXER_PARTS_H

#include "lang/syntax/lexer.h"


enum { CONTINUATIONS = 8 };     /* words that continue a line when they begin the next one */

typedef struct Seen {           /* a plain word or text further on */
    uint32_t start, end;
    uint32_t hash;              /* of a word */
} Seen;

enum {
    SEEN = 32,                  /* a power of two */
    SOON = 4,                   /* so many words before it is read, its slot has come */
};

typedef struct Ahead {          /* lexer_ahead.c */
    uint32_t at;                /* how far it has looked */
    uint32_t first, last;       /* of seen, modulo SEEN */
    Seen seen[SEEN];
} Ahead;

struct Lexer {
    Tree *tree;
    Names *names;
    const Words *words;
    const Limits *limits;
    Diags *diags;               /* NULL: a quiet lexer, for looking ahead in a file */
    const char *text;
    uint32_t length;
    uint32_t at;                /* the next byte */
    uint32_t line;              /* where its line starts */
    uint32_t first;             /* where the text starts: after a byte order mark */
    LangId language;
    bool line_start;            /* no token on this line yet */
    bool error;                 /* something was reported since the last token */
    bool continues;             /* this line goes on with the statement of the last one */
    bool bad_bytes;             /* E101 was said: once for a file */
    bool decimal_comma;         /* `1,5` is a number in this language */
    uint8_t last;               /* kind of the last token */
    uint8_t before_last;
    uint32_t parens;            /* open `(` since the statement began, as far as a lexer sees */
    uint32_t brackets;          /* `[` whose `]` needs no message of its own */
    struct {
        const char *text;
        uint32_t length;
    } continuation[CONTINUATIONS];
    unsigned continuation_count;
    Ahead *ahead;               /* NULL: it does not look ahead */
    uint32_t continuation_letters;      /* bit by bit, the letters with which they begin */
};

/* What a byte is. GOES_ON: may stand inside a word. */
enum {
    CLASS_CONTROL, CLASS_BLANK, CLASS_LINE, CLASS_LETTER, CLASS_DIGIT, CLASS_HIGH, CLASS_MARK,
    CLASS = 0x07,
    OPENS = 0x08,               /* a word or a text may begin with it */
    GOES_ON = 0x10,
    TEXT_STOP = 0x20,           /* ends the quick way through a text */
    MAY_JOIN = 0x40,            /* a word may go on behind it, which takes a closer look */
    ALONE = 0x80,               /* a mark that means the same whatever stands next to it */
};
extern const uint8_t lexer_class[256];
extern const uint8_t lexer_marks[256];      /* TokenKind of a mark of one character, or 0 */

static inline uint8_t class_of(char byte) { return lexer_class[(unsigned char)byte]; }
static inline bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }

static inline char byte_at(const Lexer *lexer, uint32_t at)
{
    return at < lexer->length ? lexer->text[at] : '\0';
}

static inline bool digit_at(const Lexer *lexer, uint32_t at)
{
    return at < lexer->length && is_digit(lexer->text[at]);
}

/* The code point at a byte; -1 and size 1 for a wrong one, 0 and size 0 at the end. */
int32_t lexer_code(const Lexer *lexer, uint32_t at, unsigned *size);

/* The length of the line end at `at`, 0 when there is none. */
unsigned lexer_line_end(const Lexer *lexer, uint32_t at);
uint32_t lexer_skip_wide_blanks(const Lexer *lexer, uint32_t at);
static inline uint32_t lexer_skip_blanks(const Lexer *lexer, uint32_t at)
{
    while (at < lexer->length && lexer->text[at] == ' ')
        at++;
    bool may_go_on = at < lexer->length && ((class_of(lexer->text[at]) & CLASS) == CLASS_BLANK
                                            || (class_of(lexer->text[at]) & CLASS) == CLASS_HIGH);
    return may_go_on ? lexer_skip_wide_blanks(lexer, at) : at;
}
uint32_t lexer_to_line_end(const Lexer *lexer, uint32_t at);
/* The end of [start, end) without the blanks at its end. */
uint32_t lexer_trim_blanks(const Lexer *lexer, uint32_t start, uint32_t end);

/* The end of what a word starts with: ASCII letters, digits and the joints between them. */
uint32_t lexer_plain_word_end(const Lexer *lexer, uint32_t at);
/* The end of the word that starts at `at`; at when none does.  *plain: as it stands it is the
 * word (no invisible characters inside). */
uint32_t lexer_word_end(const Lexer *lexer, uint32_t at, bool *plain);
/* The end of a currency sign, with k or M in front, at `at`; at when there is none. */
uint32_t lexer_sign_end(const Lexer *lexer, uint32_t at);

/* Says what is wrong; NULL when nobody listens.  The next token is marked. */
Diag *lexer_report(Lexer *lexer, MessageId message, uint32_t start, uint32_t end);
void lexer_report_text(Lexer *lexer, Diag *diag, const char *name, uint32_t start, uint32_t end);
/* A help line with one edit, which is also its argument {right}. */
void lexer_help_edit(Lexer *lexer, Diag *diag, MessageId help, Confidence confidence,
                     uint32_t start, uint32_t end, const char *right);

/* A language by its name in the catalogues: "French", "anglais". */
void lexer_arg_language(Lexer *lexer, Diag *diag, const char *name, LangId language);

/* What E105 says: whose word it is, and what to write instead. */
void lexer_explain_foreign(Lexer *lexer, Diag *diag, Span word, LangId language,
                           const char *right);

/* A character that may not stand in a source (E101, E102): says so, once for what is alike.
 * Returns its length, or 0 when the character is fine. */
unsigned lexer_refuse(Lexer *lexer, uint32_t at);

/* Reports what may not stand in a part that is taken as it is (E101, E102). */
void lexer_check(Lexer *lexer, Span span);

/* Goes on reading at another place of the text, as if a line started there. */
void lexer_seek(Lexer *lexer, uint32_t at);

/* Looks at the words and texts of the lines to come. */
void lexer_look_ahead(Lexer *lexer);
/* What was seen at `start`; NULL: nothing, or it does not look ahead. */
static inline const Seen *lexer_seen(Lexer *lexer, uint32_t start)
{
    Ahead *ahead = lexer->ahead;

    if (!ahead)
        return NULL;
    while (ahead->first != ahead->last && ahead->seen[ahead->first % SEEN].start < start)
        ahead->first++;
    const Seen *seen = &ahead->seen[ahead->first % SEEN];
    return ahead->first != ahead->last && seen->start == start ? seen : NULL;
}

/* The hash of a word a few words further on, or anything. */
static inline uint32_t lexer_seen_soon(const Lexer *lexer)
{
    return lexer->ahead->seen[(lexer->ahead->first + SOON) % SEEN].hash;
}

/* The next byte of a text's content that takes a closer look: the closing quote for one. */
uint32_t lexer_text_stop(const Lexer *lexer, uint32_t at);

void lexer_number(Lexer *lexer, Token *token);
/* A month and a year (`June 2024`), if the word [start, end) is a month; else false. */
bool lexer_month_date(Lexer *lexer, Token *token, uint32_t start, uint32_t end);

/* Punctuation, at lexer->at: ASCII marks, signs above ASCII, a currency (false: none). */
void lexer_mark(Lexer *lexer, Token *token);
void lexer_high_mark(Lexer *lexer, Token *token, int32_t code, unsigned size);
bool lexer_currency(Lexer *lexer, Token *token);
/* `[` and `]` are passed over: what stands between them is read as if they were not there. */
void lexer_bracket(Lexer *lexer);
const char *lexer_core_text(const Lexer *lexer, CoreId core);

/* Texts: the token starts at its opening quote. */
void lexer_text(Lexer *lexer, Token *token);
void lexer_foreign_quote(Lexer *lexer, Token *token, int32_t code, unsigned size);

#endif
