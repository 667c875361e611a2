/* printer_word.c -- how the printer writes what has a spelling: words, numbers, dates, texts.
 *
 * In its own language a word keeps its letters and gets its usual capitals and accents.  To
 * translate, the neutral id that bind wrote into its node is asked first; what nothing was
 * written for (statements that are only kept) is looked up in the tables.
 */

#include <string.h>

#include "lang/base/utf8.h"
#include "lang/syntax/printer_parts.h"

/* ---- names ---- */

static uint32_t *slot_of(const Printer *printer, NameId folded)
{
    uint32_t at = folded * 2654435761u & printer->declared_mask;

    while (printer->declared[2 * at] && printer->declared[2 * at] != folded)
        at = (at + 1) & printer->declared_mask;
    return &printer->declared[2 * at];
}

static bool declares_name(const Node *node)
{
    Head head = (Head)(node->flags & NODE_HEAD);

    return node->kind == NODE_DECLARATION && (head == HEAD_NAMED || head == HEAD_MEASURED);
}

void printer_declare_names(Printer *printer)
{
    const Tree *tree = printer->tree;
    uint32_t count = 0, size = 16;

    for (NodeId id = 1; id < tree->count; id++)
        count += declares_name(tree_node(tree, id));
    while (size < 2 * count)
        size *= 2;
    printer->declared = arena_array(printer->arena, (size_t)size * 2, sizeof(uint32_t));
    printer->declared_mask = size - 1;
    for (NodeId id = 1; id < tree->count; id++) {
        const Node *node = tree_node(tree, id), *name = tree_node(tree, node->child);
        if (!declares_name(node) || name->kind != NODE_WORD)
            continue;
        NameId folded = names_folded(tree->names, name->data);
        uint32_t *slot = slot_of(printer, folded);
        if (!slot[0]) {
            slot[0] = folded;
            slot[1] = name->data;
        }
    }
}

static NameId declared_spelling(const Printer *printer, NameId name)
{
    if (!printer->declared)
        return NAME_NONE;
    return slot_of(printer, names_folded(printer->tree->names, name))[1];
}

/* ---- words ---- */

const char *printer_core(const Printer *printer, CoreId core)
{
    return words_text(printer->words, printer->to, ROLE_CORE, core, 0, WORD_USUAL);
}

static const char *typed(const Printer *printer, NameId name)
{
    return names_text(printer->tree->names, name);
}

static const WordMeaning *meaning_of(const Printer *printer, NameId name, WordRole role,
                                     uint16_t scope)
{
    return words_find(printer->words, printer->tree->names, printer->from, name, role, scope);
}

/* The word of a meaning in the language printed, or NULL. */
static const char *word_of(const Printer *printer, const WordMeaning *meaning)
{
    return words_text(printer->words, printer->to, (WordRole)meaning->role, meaning->id,
                      meaning->scope, WORD_USUAL);
}

static bool folds_alike(const Printer *printer, NameId name, const char *text)
{
    Names *names = printer->tree->names;
    NameId other = names_intern(names, text, strlen(text));

    return names_folded(names, other) == names_folded(names, name);
}

/* The core word of an operator: one word may be two (`pour` is BY and FOR). */
static CoreId operator_core(const Printer *printer, NameId name)
{
    size_t count;
    CoreId found = 0;
    const WordMeaning *meanings = words_meanings(printer->words, printer->tree->names, name,
                                                 &count);

    for (size_t i = 0; i < count; i++) {
        CoreId core = meanings[i].id;
        if (meanings[i].language != printer->from || meanings[i].role != ROLE_CORE
            || core == CORE_REASON || core == CORE_AUTHOR || core == CORE_UNTIL)
            continue;
        if (!found || core == (printer->in_accept ? CORE_FOR : CORE_BY))
            found = core;
    }
    return found;
}

static CoreId statement_core(NodeKind kind)
{
    switch (kind) {
    case NODE_IMPORT: return CORE_IMPORT;
    case NODE_BASE: return CORE_BASE;
    case NODE_EXTENSION: return CORE_EXTENSION;
    case NODE_CHANGE: return CORE_CHANGE;
    case NODE_REMOVE: return CORE_REMOVE;
    case NODE_ADD: return CORE_ADD;
    case NODE_DROP: return CORE_DROP;
    case NODE_ASSERT: return CORE_ASSERT;
    case NODE_CHECK: return CORE_CHECK;
    case NODE_SHOW: return CORE_SHOW;
    case NODE_QUERY: return CORE_QUERY;
    case NODE_SCENARIO: return CORE_SCENARIO;
    case NODE_ACCEPT: return CORE_ACCEPT;
    case NODE_SETTINGS: return CORE_SETTINGS;
    case NODE_NONE: return CORE_NONE;
    case NODE_NOT: return CORE_NOT;
    case NODE_TODAY: return CORE_TODAY;
    default: return 0;
    }
}

static const char *kind_word(Printer *printer, const Node *node)
{
    const WordMeaning *meaning = meaning_of(printer, node->data, ROLE_KIND, 0);
    KindId kind = node->kind == NODE_DECLARATION && node->id ? node->id
                  : meaning ? meaning->id : 0;
    const char *text = kind ? words_text(printer->words, printer->to, ROLE_KIND, kind, 0,
                                         WORD_USUAL) : NULL;

    if (printer->depth + 1 < BLOCKS)
        printer->kinds[printer->depth + 1] = kind;
    return text ? text : typed(printer, node->data);
}

/* `reason`, `by` and `until` of an `accept` are core words. */
static const char *accept_property(const Printer *printer, NameId name)
{
    static const CoreId cores[] = {CORE_REASON, CORE_AUTHOR, CORE_UNTIL};

    for (size_t i = 0; i < sizeof cores / sizeof cores[0]; i++)
        if (words_is_core(printer->words, printer->tree->names, printer->from, name, cores[i]))
            return printer_core(printer, cores[i]);
    return typed(printer, name);
}

static const char *property_word(const Printer *printer, const Node *node)
{
    KindId kind = printer->depth < BLOCKS ? printer->kinds[printer->depth] : 0;
    const WordMeaning *meaning;
    const char *text = NULL;

    if (kind == BLOCK_ACCEPT)
        return accept_property(printer, node->data);
    if (node->id) {
        text = words_text(printer->words, printer->to, ROLE_PROPERTY, node->id, kind,
                          WORD_USUAL);
    } else if (kind && (meaning = meaning_of(printer, node->data, ROLE_PROPERTY, kind))) {
        text = words_text(printer->words, printer->to, ROLE_PROPERTY, meaning->id, kind,
                          WORD_USUAL);
    }
    return text ? text : typed(printer, node->data);
}

/* The word of a collection: `contributions`, or `contribution` where that is what was typed, as
 * after `every`, whose keyword would be another word. */
static const char *collection_word(const Printer *printer, NameId name, KindId kind)
{
    const char *noun = words_text(printer->words, printer->from, ROLE_KIND, kind, 0, WORD_NOUN);
    const char *plural = words_text(printer->words, printer->from, ROLE_KIND, kind, 0, WORD_PLURAL);
    bool is_one = noun && folds_alike(printer, name, noun)
                  && !(plural && folds_alike(printer, name, plural));

    return words_text(printer->words, printer->to, ROLE_KIND, kind, 0,
                      is_one ? WORD_NOUN : WORD_PLURAL);
}

/* What bind found this word to be, in the language printed; NULL: nothing. */
static const char *word_of_id(const Printer *printer, const Node *node)
{
    uint16_t value = node->id & ID_VALUE;
    WordRole role = ROLE_NONE;
    uint16_t scope = node->flags & NODE_SCOPE;

    switch (node->id & ID_ROLE) {
    case ID_LISTED: role = ROLE_LISTED; break;
    case ID_PROPERTY: role = ROLE_PROPERTY; break;
    case ID_YES_NO: role = ROLE_YES_NO; scope = 0; break;
    case ID_COLLECTION: return collection_word(printer, node->data, value);
    case ID_KIND: role = ROLE_KIND; scope = 0; break;
    case ID_CHECK: role = ROLE_CHECK; scope = 0; break;
    case ID_CORE: role = ROLE_CORE; scope = 0; break;
    default: return NULL;
    }
    /* The scope of what was typed: a listed word may be written otherwise in another list. */
    size_t count;
    const WordMeaning *meanings = words_meanings(printer->words, printer->tree->names,
                                                 node->data, &count);
    for (size_t i = 0; i < count; i++)
        if (meanings[i].language == printer->from && meanings[i].role == role
            && meanings[i].id == value && scope == 0)
            scope = meanings[i].scope;
    return words_text(printer->words, printer->to, role, value, scope, WORD_USUAL);
}

/* Whether the word as typed is itself a word of this role: two words of different lists may
 * fold alike, in French those for a meeting and for "met", and only bind can tell them. */
static bool is_spelled(const Printer *printer, NameId name, WordRole role)
{
    size_t count;
    const WordMeaning *meanings = words_meanings(printer->words, printer->tree->names, name,
                                                 &count);

    for (size_t i = 0; i < count; i++) {
        if (meanings[i].language != printer->from || meanings[i].role != role)
            continue;
        const char *text = word_of(printer, &meanings[i]);
        if (text && strcmp(text, typed(printer, name)) == 0)
            return true;
    }
    return false;
}

/* What the tables say of a word that bind has not looked at. */
static const char *word_of_tables(const Printer *printer, NameId name)
{
    static const WordRole in_value[] = {ROLE_YES_NO, ROLE_LISTED};
    static const WordRole in_expression[] = {
        ROLE_COLLECTION, ROLE_PROPERTY, ROLE_KIND, ROLE_YES_NO, ROLE_LISTED,
    };
    const WordRole *roles = printer->in_value ? in_value : in_expression;
    size_t count = printer->in_value ? 2 : 5;

    for (size_t i = 0; i < count; i++) {
        const WordMeaning *meaning = meaning_of(printer, name, roles[i], 0);
        const char *text = meaning ? word_of(printer, meaning) : NULL;
        /* Currencies are in capitals where one is due, and `top` is a word elsewhere. */
        if (text && roles[i] == ROLE_LISTED && words_currency(text, strlen(text)))
            continue;
        if (text && printer->from == printer->to && is_spelled(printer, name, roles[i]))
            return typed(printer, name);
        if (text && (printer->from != printer->to || folds_alike(printer, name, text)))
            return text;
    }
    return NULL;
}

static const char *reference(const Printer *printer, const Node *node)
{
    NameId name = node->data, declared;
    const char *text;

    if (node->id && (node->id & ID_ROLE) != ID_ENTITY
        && (text = word_of_id(printer, node)))
        return text;
    if (!node->id && printer->from == printer->to && is_spelled(printer, name, ROLE_LISTED))
        return typed(printer, name);
    if ((declared = declared_spelling(printer, name)))
        return typed(printer, declared);
    if ((node->id & ID_ROLE) != ID_ENTITY && (text = word_of_tables(printer, name)))
        return text;
    return typed(printer, name);
}

static const char *check_word(const Printer *printer, NameId name)
{
    const WordMeaning *meaning = meaning_of(printer, name, ROLE_CHECK, 0);
    const char *text = meaning ? word_of(printer, meaning) : NULL;

    return text ? text : typed(printer, name);
}

/* `aucune convention`: the word agrees with the kind that follows. */
static const char *agreeing(const Printer *printer, const Node *node)
{
    const Tree *tree = printer->tree;
    NodeId child = node->child;

    while (child && tree_node(tree, child)->kind != NODE_PATH)
        child = tree_node(tree, child)->child;
    unsigned form = WORD_USUAL;
    if (child) {
        NameId name = tree_node(tree, child)->data;
        const WordMeaning *kind = meaning_of(printer, name, ROLE_KIND, 0);
        if (!kind)
            kind = meaning_of(printer, name, ROLE_COLLECTION, 0);
        if (kind && words_is_feminine(printer->words, printer->to, ROLE_KIND, kind->id))
            form = WORD_FEMININE;
    }
    return words_text(printer->words, printer->to, ROLE_CORE, (uint16_t)node->data, 0, form);
}

static const char *name_or_reference(Printer *printer, const Node *node)
{
    if (printer->kind_is_next) {
        printer->kind_is_next = false;
        return kind_word(printer, node);
    }
    if (printer->check_is_next) {
        printer->check_is_next = false;
        return check_word(printer, node->data);
    }
    if (printer->name_is_next) {
        printer->name_is_next = false;
        return typed(printer, node->data);
    }
    const WordMeaning *property = meaning_of(printer, node->data, ROLE_PROPERTY, 0);
    printer->is_feminine = property
                           && words_is_feminine(printer->words, printer->to, ROLE_PROPERTY,
                                                property->id);
    return reference(printer, node);
}

/* `cible est inconnue`: the word agrees with a property whose gender is in the tables; after any
 * other, the form that was written stays. */
static const char *agreed(const Printer *printer, CoreId core, NameId name)
{
    const char *feminine = words_text(printer->words, printer->to, ROLE_CORE, core, 0,
                                      WORD_FEMININE);
    const char *written = typed(printer, name);

    if (feminine && printer->is_feminine && core == CORE_UNKNOWN)
        return feminine;
    return feminine && strcmp(feminine, written) == 0 ? written : printer_core(printer, core);
}

const char *printer_word(Printer *printer, NodeId id)
{
    const Node *node = tree_node(printer->tree, id);
    const char *text = NULL;
    CoreId core;

    switch ((NodeKind)node->kind) {
    case NODE_NULL:
        core = operator_core(printer, printer->token.name);
        text = core ? agreed(printer, core, printer->token.name) : NULL;
        return text ? text : typed(printer, printer->token.name);
    case NODE_DECLARATION: return kind_word(printer, node);
    case NODE_PROPERTY: return property_word(printer, node);
    case NODE_WORD: case NODE_PATH: return name_or_reference(printer, node);
    case NODE_QUANTIFIED: text = agreeing(printer, node); break;
    case NODE_NOTE: case NODE_CALL: case NODE_STEP:
        text = printer_core(printer, (CoreId)node->data);
        break;
    default:
        core = statement_core((NodeKind)node->kind);
        text = core ? printer_core(printer, core) : NULL;
    }
    return text ? text : typed(printer, printer->token.name);
}

/* ---- numbers ---- */

enum { NUMBER_DIGITS = 24 };

typedef struct Figures {
    char whole[NUMBER_DIGITS], decimals[NUMBER_DIGITS];
    unsigned whole_count, decimal_count;
    bool was_grouped;
} Figures;

/* Digits as they were typed, so that `12.50` keeps its zero. */
static Figures figures_of(const char *text, uint32_t start, uint32_t end)
{
    Figures figures = {0};
    bool after_mark = false;

    for (uint32_t at = start; at < end; at++) {
        char byte = text[at];
        if (byte >= '0' && byte <= '9') {
            if (after_mark && figures.decimal_count < NUMBER_DIGITS)
                figures.decimals[figures.decimal_count++] = byte;
            else if (!after_mark && figures.whole_count < NUMBER_DIGITS)
                figures.whole[figures.whole_count++] = byte;
        } else if (byte == '.' || byte == ',') {
            after_mark = true;
        } else if (!after_mark && figures.whole_count > 0) {
            for (uint32_t rest = at; rest < end; rest++)
                if (text[rest] >= '0' && text[rest] <= '9')
                    figures.was_grouped = true;
        }
    }
    return figures;
}

static void write_figures(Printer *printer, const Figures *figures, bool groups)
{
    for (unsigned i = 0; i < figures->whole_count; i++) {
        if (groups && i > 0 && (figures->whole_count - i) % 3 == 0)
            printer_puts(printer, " ");
        printer_write(printer, &figures->whole[i], 1);
    }
    if (figures->decimal_count == 0)
        return;
    printer_puts(printer, words_decimal_comma(printer->words, printer->to) ? "," : ".");
    printer_write(printer, figures->decimals, figures->decimal_count);
}

static bool is_plural(const Printer *printer, Decimal number)
{
    int64_t whole = number.coefficient < 0 ? -number.coefficient : number.coefficient;
    bool is_whole = true;

    for (unsigned i = 0; i < number.scale; i++) {
        is_whole = is_whole && whole % 10 == 0;
        whole /= 10;
    }
    if (!is_whole && words_is_plural(printer->words, printer->to, 0))
        return true;            /* `1.5 weeks`, where zero is plural too */
    return words_is_plural(printer->words, printer->to, whole);
}

/* A unit of time in its usual form, anything else as it was typed. */
static const char *unit_text(const Printer *printer, NameId unit, bool plural)
{
    const WordMeaning *meaning = meaning_of(printer, unit, ROLE_UNIT, 0);
    const char *text = NULL;

    if (meaning)
        text = words_text(printer->words, printer->to, ROLE_UNIT, meaning->id, 0,
                          plural ? WORD_PLURAL : WORD_USUAL);
    return text ? text : typed(printer, unit);
}

void printer_amount(Printer *printer, NodeId id)
{
    const Node *node = tree_node(printer->tree, id);
    const AmountLiteral *amount = &printer->tree->amounts[node->data];
    const char *source = printer->tree->source->text;
    bool has_unit = amount->unit_span.end > amount->unit_span.start;
    Figures figures = figures_of(source, node->start, has_unit ? amount->unit_span.start
                                                               : node->end);
    /* Four digits and no unit may be a year. */
    bool may_be_year = figures.whole_count == 4 && !has_unit && !figures.was_grouped;

    if (amount->has_sign)
        printer_write(printer, source + node->start, 1);
    write_figures(printer, &figures, !may_be_year);
    if (!has_unit)
        return;
    printer_puts(printer, " ");
    if (amount->unit)
        printer_puts(printer, unit_text(printer, amount->unit,
                                        is_plural(printer, amount->number)));
    else
        printer_write(printer, source + amount->unit_span.start,
                      amount->unit_span.end - amount->unit_span.start);
    if (amount->per) {
        printer_puts(printer, "/");
        printer_puts(printer, unit_text(printer, amount->per, false));
    }
}

const char *print_decimal(Arena *arena, Decimal number, LangId language)
{
    char plain[DECIMAL_TEXT];
    size_t length = decimal_write(number, plain);
    bool is_negative = plain[0] == '-';
    const Words *words = words_shipped();
    Figures figures = figures_of(plain, is_negative, (uint32_t)length);
    bool is_zero = figures.whole_count == 1 && figures.whole[0] == '0';
    Printer printer = {.arena = arena, .words = words, .to = language};

    /* Three decimals could be taken for thousands: one zero less, or one more. */
    if (figures.decimal_count == 3 && !is_zero) {
        if (figures.decimals[2] == '0')
            figures.decimal_count--;
        else
            figures.decimals[figures.decimal_count++] = '0';
    }
    if (is_negative)
        printer_puts(&printer, "-");
    write_figures(&printer, &figures, true);
    printer_write(&printer, "", 1);
    return printer.out;
}

/* ---- dates ---- */

void printer_date(Printer *printer, NodeId id)
{
    const Node *node = tree_node(printer->tree, id);
    const char *source = printer->tree->source->text;
    Date date = {.day = (int32_t)node->data, .precision = node->flags & 0x03};
    int year, month, day;
    bool is_written = false;

    for (uint32_t at = node->start; at < node->end; at++)
        is_written = is_written || (source[at] | 0x20) >= 'a' || (unsigned char)source[at] >= 0x80;
    if (!is_written) {
        printer_write(printer, source + node->start, node->end - node->start);
        return;
    }
    date_parts(date, &year, &month, &day);
    const char *word = words_text(printer->words, printer->to, ROLE_MONTH, (uint16_t)month, 0,
                                  WORD_USUAL);
    if (day)
        printer_puts(printer, arena_format(printer->arena, "%d%s ", day,
                                           day == 1 && printer->to == LANG_FR ? "er" : ""));
    printer_puts(printer, arena_format(printer->arena, "%s %d", word ? word : "", year));
}

/* ---- texts ---- */

/* Writes one character of a content as it stands in quotes. */
static void write_character(Printer *printer, const char *bytes, unsigned size, int32_t code)
{
    if (code == '\\')
        printer_puts(printer, "\\\\");
    else if (code == '\n')
        printer_puts(printer, "\\n");
    else if (code == '\t')
        printer_puts(printer, "\\t");
    else if (code < ' ' || code == 0x7F || code == 0x85 || code == 0x2028 || code == 0x2029
             || (code >= 0x80 && code != 0x200C && code != 0x200D && utf8_is_invisible(code)))
        printer_puts(printer, arena_format(printer->arena, "\\u{%x}", (unsigned)code));
    else
        printer_write(printer, bytes, size);
}

static void write_content(Printer *printer, const char *text, size_t length, bool quotes)
{
    for (size_t at = 0; at < length;) {
        unsigned size;
        int32_t code = utf8_decode(text + at, length - at, &size);
        if (code == '"' && quotes)
            printer_puts(printer, "\\\"");
        else if (code >= 0)
            write_character(printer, text + at, size, code);
        at += size;
    }
}

const char *print_quoted(Arena *arena, const char *text, size_t length)
{
    Printer printer = {.arena = arena};

    printer_puts(&printer, "\"");
    write_content(&printer, text, length, true);
    printer_write(&printer, "\"", 2);
    return printer.out;
}

/* A line of a long text: what would be no line, or would end the text, is escaped. */
static void write_long_line(Printer *printer, const char *line, size_t length)
{
    size_t first = 0;
    unsigned size;

    while (first < length) {
        int32_t code = utf8_decode(line + first, length - first, &size);
        if (code < 0 || !utf8_is_blank(code))
            break;
        first += size;
    }
    if (first == length && length > 0) {
        int32_t code = utf8_decode(line, length, &size);
        printer_puts(printer, arena_format(printer->arena, "\\u{%x}", (unsigned)code));
        write_content(printer, line + size, length - size, false);
        return;
    }
    printer_write(printer, line, first);
    if (length - first >= 3 && memcmp(line + first, "\"\"\"", 3) == 0) {
        printer_puts(printer, "\\\"");
        first++;
    }
    write_content(printer, line + first, length - first, false);
}

void printer_long_text(Printer *printer, NodeId node)
{
    size_t length;
    const char *text = tree_text(printer->tree, node, &length);

    printer_puts(printer, "\"\"\"\n");
    for (size_t at = 0; at <= length;) {
        const char *feed = memchr(text + at, '\n', length - at);
        size_t end = feed ? (size_t)(feed - text) : length;
        if (end > at)
            printer_puts(printer, arena_format(printer->arena, "%*s",
                                               (int)printer->indent + 2, ""));
        write_long_line(printer, text + at, end - at);
        printer_puts(printer, "\n");
        at = end + 1;
    }
    printer_puts(printer, arena_format(printer->arena, "%*s\"\"\"", (int)printer->indent + 2,
                                       ""));
}
