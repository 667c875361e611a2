/* maker.c -- see maker.h: declarations of every kind, and how a line is written. */
#include "tests/generated/maker.h"

#include <stdio.h>
#include <string.h>

/* ---- Numbers ---------------------------------------------------------------------------- */

/* SplitMix64 (Steele, Lea, Flood 2014). */
static uint64_t next_state(Maker *maker)
{
    uint64_t z = maker->state += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

unsigned make_number(Maker *maker, unsigned below)
{
    return (unsigned)(next_state(maker) % below);
}

bool make_once_in(Maker *maker, unsigned times)
{
    return make_number(maker, times) == 0;
}

/* ---- Bytes ------------------------------------------------------------------------------ */

void make_bytes(Maker *maker, const char *text)
{
    size_t length = strlen(text);
    maker->text = arena_grow(maker->arena, maker->text, &maker->capacity,
                             maker->length + length + 1, 1);
    memcpy(maker->text + maker->length, text, length + 1);
    maker->length += length;
}

void make_blank(Maker *maker)
{
    static const char *const blanks[] = {" ", "  ", "\t", "\xc2\xa0", " \xe2\x80\xaf "};
    make_bytes(maker, maker->is_tidy || make_number(maker, 4) ? " " : blanks[make_number(maker, 5)]);
}

static void make_indent(Maker *maker)
{
    for (unsigned i = 0; i < maker->indent; i++)
        make_bytes(maker, maker->is_tidy || make_number(maker, 6) ? "  " : "");
}

static void make_comment(Maker *maker)
{
    static const char *const comments[] = {
        "# x", "#", "#  { not a block", "# \"not a text", "# \xc3\xa9t\xc3\xa9 : ?", "# ```",
        "# a ## b", "#-"};
    make_bytes(maker, comments[make_number(maker, 8)]);
    maker->tally->comments++;
}

void make_line(Maker *maker)
{
    if (make_once_in(maker, 24)) {
        make_blank(maker);
        make_comment(maker);
    } else if (make_once_in(maker, 24)) {
        make_blank(maker);
    }
    make_bytes(maker, maker->line_end);
    for (unsigned more = make_number(maker, 8); more > 5; more--) {
        if (make_once_in(maker, 3)) {
            make_indent(maker);
            make_comment(maker);
        }
        make_bytes(maker, maker->line_end);
    }
    make_indent(maker);
}

void make_open_block(Maker *maker)
{
    if (maker->is_tidy || make_number(maker, 8))
        make_blank(maker);
    make_bytes(maker, "{");
    maker->indent++;
}

void make_close_block(Maker *maker)
{
    maker->indent--;
    make_bytes(maker, "}");
}

/* A line between quotes of some kind, a long text where one may stand. */
void make_quoted(Maker *maker)
{
    static const char *const contents[] = {
        "a", "Older people", "\xc2\xab Oui \xc2\xbb", "caf\xc3\xa9 d'\xc3\xa9t\xc3\xa9", "# no comment",
        "a \\\"b\\\"", "C:\\\\x", "one\\ntwo", "\\u{e9}\\t!", "{ } ( ) : , ->", "100 % ?",
        "\xd0\x9c\xd0\xb8\xd1\x80 \xe5\xb9\xb3\xe5\x92\x8c", "\xf0\x9f\x8c\xb1", "a  b", "12 500,50 EUR", "l\xe2\x80\x99""eau",
        "partner a { type: company }", "<b>&amp;</b>", "2024-06-30", "x\\u{1f600}y",
    };
    static const char *const quotes[][2] = {
        {"\"", "\""}, {"\xc2\xab ", " \xc2\xbb"}, {"\xc2\xab", "\xc2\xbb"}, {"\xe2\x80\x9c", "\xe2\x80\x9d"}};
    unsigned content = make_number(maker, sizeof contents / sizeof contents[0]);
    bool plain = !strpbrk(contents[content], "\\\"") && content != 2;
    unsigned quote = plain && !maker->is_tidy ? make_number(maker, 4) : 0;
    make_bytes(maker, quotes[quote][0]);
    make_bytes(maker, contents[content]);
    make_bytes(maker, quotes[quote][1]);
}

/* ---- Words ------------------------------------------------------------------------------ */

/* As people type it: with capitals, or without accents. */
static void make_spelled(Maker *maker, const char *text)
{
    char spelled[128];
    size_t length = 0;
    unsigned way = maker->is_tidy ? 9 : make_number(maker, 12);
    static const char *const accents[][2] = {
        {"\xc3\xa9", "e"}, {"\xc3\xa8", "e"}, {"\xc3\xaa", "e"}, {"\xc3\xa0", "a"}, {"\xc3\xaf", "i"}, {"\xc3\xb4", "o"},
        {"\xc3\xbb", "u"}, {"\xc5\x93", "oe"}, {"\xc3\xa7", "c"}, {"'", "\xe2\x80\x99"}};
    while (*text && length + 4 < sizeof spelled) {
        size_t row = 0, count = sizeof accents / sizeof accents[0];
        while (way == 0 && row < count && strncmp(text, accents[row][0], strlen(accents[row][0])) != 0)
            row++;
        if (way == 0 && row < count) {
            memcpy(spelled + length, accents[row][1], strlen(accents[row][1]));
            length += strlen(accents[row][1]);
            text += strlen(accents[row][0]);
        } else {
            bool rises = way == 1 || (way == 2 && length == 0);
            spelled[length++] = rises && *text >= 'a' && *text <= 'z' ? (char)(*text - 32) : *text;
            text++;
        }
    }
    spelled[length] = '\0';
    make_bytes(maker, spelled);
}

void make_word(Maker *maker, WordRole role, uint16_t id, uint16_t scope, unsigned form)
{
    const char *text = words_text(maker->words, maker->language, role, id, scope, form);
    make_spelled(maker, text ? text : "?no-such-word");
}

void make_core(Maker *maker, CoreId core)
{
    maker->tally->cores[core]++;
    make_word(maker, ROLE_CORE, core, 0, WORD_USUAL);
}

void make_property_word(Maker *maker, const PropertyInfo *property, KindId kind)
{
    maker->tally->properties[property->id]++;
    make_word(maker, ROLE_PROPERTY, property->id, kind, WORD_USUAL);
}

void make_colon(Maker *maker)
{
    if (words_spaced_colon(maker->words, maker->language) ? maker->is_tidy || make_number(maker, 4)
                                                          : !maker->is_tidy && make_once_in(maker, 6))
        make_blank(maker);
    make_bytes(maker, ":");
    if (maker->is_tidy || make_number(maker, 8))
        make_blank(maker);
}

/* ---- Names ------------------------------------------------------------------------------ */

/* What ends it is in no word of any table. */
static MadeName *add_name(Maker *maker, KindId kind)
{
    static const char *const starts[] = {"ba", "kou", "\xc3\xa9lo", "Mi", "l'arc", "n\xc5\x93ud", "\xd1\x81\xd0\xb0\xd0\xb4", "x"};
    MadeName *name = &maker->names[maker->name_count++];
    name->kind = kind;
    snprintf(name->text, sizeof name->text, "%s-z%u", starts[make_number(maker, 8)], ++maker->serial);
    name->title[0] = '\0';
    if (make_once_in(maker, 2))
        snprintf(name->title, sizeof name->title, "The %s No. %u", starts[make_number(maker, 8)], maker->serial);
    return name;
}

const MadeName *make_pick(Maker *maker, const KindId *kinds, size_t count)
{
    size_t start = maker->name_count ? make_number(maker, (unsigned)maker->name_count) : 0;
    for (size_t i = 0; i < maker->name_count; i++) {
        const MadeName *name = &maker->names[(start + i) % maker->name_count];
        bool fits = count == 0;
        for (size_t j = 0; j < count; j++)
            fits = fits || kinds[j] == name->kind;
        if (fits)
            return name;
    }
    return NULL;
}

void make_reference(Maker *maker, const MadeName *name)
{
    if (!name->title[0] || make_number(maker, 6)) {
        make_bytes(maker, name->text);
        return;
    }
    make_bytes(maker, "\"");
    make_bytes(maker, name->title);
    make_bytes(maker, "\"");
}

/* ---- Declarations ----------------------------------------------------------------------- */

static void make_block(Maker *maker, KindId kind, bool has_notes);

static Wanted wanted_of(const PropertyInfo *property)
{
    return (Wanted){(PropertyType)property->type, property->list, property->minimum, property->maximum,
                    property->refs, property->ref_count, true};
}

static void make_property(Maker *maker, const PropertyInfo *property, KindId kind)
{
    Wanted wanted = wanted_of(property);
    make_property_word(maker, property, kind);
    make_colon(maker);
    bool is_known = make_value(maker, &wanted);
    if (make_once_in(maker, 8))
        make_notes(maker, !is_known);
}

static void make_keyed_head(Maker *maker, const KindInfo *info)
{
    Wanted value = {(PropertyType)info->value_type, 0, info->value_minimum, info->value_maximum, NULL, 0, false};
    char text[32];
    switch ((PropertyType)info->key_type) {
    case TYPE_DATE:
        snprintf(text, sizeof text, "%u-%02u-%02u", 1900 + maker->serial / 336, 1 + maker->serial / 28 % 12,
                 1 + maker->serial % 28);
        maker->serial++;
        make_bytes(maker, text);
        break;
    case TYPE_DURATION:
        snprintf(text, sizeof text, "%u ", 2 + maker->serial++);
        make_bytes(maker, text);
        make_word(maker, ROLE_UNIT, TIME_MONTH, 0, WORD_PLURAL);
        maker->tally->units[TIME_MONTH]++;
        break;
    case TYPE_WORD:
        make_typed(maker, &(Wanted){TYPE_WORD, info->key_list, 0, 0, NULL, 0, false});
        break;
    default:
        make_reference(maker, make_pick(maker, info->key_refs, info->key_ref_count));
    }
    make_colon(maker);
    bool is_known = make_value(maker, &value);
    if (make_once_in(maker, 6))
        make_notes(maker, !is_known);
}

/* A title that nothing else has. */
static void make_title(Maker *maker)
{
    char text[48];
    snprintf(text, sizeof text, "\"Thing No. %u, \xc3\xa0 voir\"", ++maker->serial);
    make_bytes(maker, text);
}

/* false: it has no block of its own. */
static bool make_head(Maker *maker, KindId kind, const MadeName *name)
{
    const KindInfo *info = vocabulary_kind(maker->vocabulary, kind);
    make_word(maker, ROLE_KIND, kind, 0, WORD_USUAL);
    maker->tally->kinds[kind]++;
    make_blank(maker);
    switch ((Head)info->head) {
    case HEAD_KEYED:
        make_keyed_head(maker, info);
        return false;
    case HEAD_MEASURED:
        if (make_once_in(maker, 8)) {
            MadeName *measured = add_name(maker, KIND_ID_END);
            measured->title[0] = '\0';
            make_bytes(maker, measured->text);
            make_blank(maker);
        }
        if (make_once_in(maker, 6))
            make_bytes(maker, "?");
        else
            make_measure(maker, info->amount_is_money);
        if (make_once_in(maker, 2)) {
            make_blank(maker);
            make_quoted(maker);
        }
        return true;
    case HEAD_TITLED:
        make_title(maker);
        return true;
    case HEAD_LINK:
        make_reference(maker, make_pick(maker, NULL, 0));
        make_bytes(maker, " -> ");
        make_reference(maker, make_pick(maker, NULL, 0));
        if (make_once_in(maker, 2)) {
            make_blank(maker);
            make_quoted(maker);
        }
        return true;
    case HEAD_EMPTY:
    case HEAD_NAMED:
        break;
    }
    if (!name) {
        make_title(maker);          /* its name is made from it */
        return true;
    }
    make_bytes(maker, name->text);
    if (name->title[0]) {
        make_blank(maker);
        make_bytes(maker, "\"");
        make_bytes(maker, name->title);
        make_bytes(maker, "\"");
    }
    return true;
}

/* What the alliance may ask for, however far it is. */
static bool has_required(const KindInfo *info)
{
    for (size_t i = 0; i < info->property_count; i++)
        if (info->properties[i].required_from)
            return true;
    return false;
}

static void make_declaration(Maker *maker, KindId kind, const MadeName *name)
{
    const KindInfo *info = vocabulary_kind(maker->vocabulary, kind);
    bool has_notes = false;
    if (info->head == HEAD_KEYED && info->key_type != TYPE_DATE && info->key_type != TYPE_DURATION
        && info->key_type != TYPE_WORD && !make_pick(maker, info->key_refs, info->key_ref_count))
        return;
    if (info->head == HEAD_LINK && maker->name_count == 0)
        return;
    if (make_once_in(maker, 10)) {
        make_bytes(maker, "## why it is here");
        make_bytes(maker, maker->line_end);
        make_indent(maker);
        maker->tally->docs++;
        has_notes = true;           /* it is the note, which cannot be said again */
    }
    if (make_head(maker, kind, name)) {
        if (make_once_in(maker, 8)) {
            make_notes(maker, false);
            has_notes = true;
        }
        if (has_required(info) || make_number(maker, 5))
            make_block(maker, kind, has_notes);
    }
    make_line(maker);
}

/* Notes that stand in the block, custom data, what every kind has. */
static void make_common(Maker *maker)
{
    static const PropertyId ids[] = {PROPERTY_NOTE, PROPERTY_SOURCE, PROPERTY_CONFIDENTIAL, PROPERTY_ASSUMPTION,
                                     PROPERTY_TAGS};
    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
        const PropertyInfo *property = vocabulary_property(maker->vocabulary, KIND_PARTNER, ids[i]);
        if (make_number(maker, 10))
            continue;
        make_property(maker, property, KIND_PARTNER);
        make_line(maker);
    }
    if (make_once_in(maker, 12)) {
        make_bytes(maker, maker->language == LANG_FR ? "x-num\xc3\xa9ro : " : "x-number: ");
        make_bytes(maker, make_once_in(maker, 2) ? "42" : "\"forty\", \"two\"");
        maker->tally->custom++;
        make_line(maker);
    }
}

static unsigned place_of(KindId kind)
{
    static const KindId owners[] = {KIND_ALLIANCE, KIND_PARTNER, KIND_GOAL, KIND_KPI, KIND_MILESTONE, KIND_PILOT};
    for (unsigned i = 0; i < sizeof owners / sizeof owners[0]; i++)
        if (owners[i] == kind)
            return (unsigned)PLACE_ALLIANCE << i;
    return 0;
}

static void make_children(Maker *maker, KindId kind)
{
    for (KindId child = 1; place_of(kind) && child < KIND_ID_END; child++) {
        const KindInfo *info = vocabulary_kind(maker->vocabulary, child);
        if (!(info->places & place_of(kind)) || make_number(maker, 3))
            continue;
        bool repeats = info->head != HEAD_KEYED || info->key_type == TYPE_DATE || info->key_type == TYPE_DURATION;
        for (unsigned i = repeats ? 1 + make_number(maker, 3) : 1; i > 0; i--)
            make_declaration(maker, child, NULL);
    }
}

static void make_block(Maker *maker, KindId kind, bool has_notes)
{
    static const char *const units[] = {"seniors", "tablets", "\xc3\xa9l\xc3\xa8ves", "PME"};
    const KindInfo *info = vocabulary_kind(maker->vocabulary, kind);
    const char *unit = maker->unit;
    if (kind == KIND_KPI)
        maker->unit = units[make_number(maker, 4)];
    make_open_block(maker);
    unsigned chosen = make_number(maker, 4);
    if (chosen == 0 && !has_required(info) && info->property_count > 0 && !info->properties[0].is_derived) {
        make_bytes(maker, " ");
        make_property(maker, &info->properties[0], kind);
        make_bytes(maker, " ");
    } else {
        make_line(maker);
        for (size_t i = 0; i < info->property_count; i++) {
            bool is_chosen = info->properties[i].required_from || make_number(maker, 3) < chosen;
            if (info->properties[i].is_derived || !is_chosen)
                continue;
            make_property(maker, &info->properties[i], kind);
            make_line(maker);
        }
        if (!has_notes)
            make_common(maker);
        make_children(maker, kind);
    }
    make_close_block(maker);
    maker->unit = unit;
}

/* ---- Files ------------------------------------------------------------------------------ */

OpenResult made_open(void *context, const char *path, const char *from, OpenedFile *result)
{
    static const char *const files[][2] = {
        {"people.alliance", "language en version 1\npartner iris-z \"Iris\" { type: school }\n"},
        {"personnes.alliance", "langue fr version 1\npartenaire iris-z \"Iris\" { type : \xc3\xa9tablissement-scolaire }\n"},
        {"base.alliance", "language en version 1\nalliance b\npartner old-z \"Old\"\ngoal far-z \"Far\"\n"},
    };
    (void)context;
    (void)from;
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
        if (strcmp(path, files[i][0]) == 0) {
            *result = (OpenedFile){files[i][0], files[i][1], strlen(files[i][1])};
            return OPEN_OK;
        }
    return OPEN_NOT_FOUND;
}

static void make_import(Maker *maker)
{
    MadeName *name = add_name(maker, KIND_PARTNER);
    make_core(maker, CORE_IMPORT);
    make_bytes(maker, make_once_in(maker, 2) ? " \"people.alliance\"" : " \"personnes.alliance\"");
    snprintf(name->text, sizeof name->text, "iris-z");
    snprintf(name->title, sizeof name->title, "Iris");
    if (make_once_in(maker, 2)) {
        make_blank(maker);
        make_core(maker, CORE_AS);
        make_bytes(maker, " there-z");
        snprintf(name->text, sizeof name->text, "there-z.iris-z");
        name->title[0] = '\0';
    }
    make_line(maker);
}

void make_file(Maker *maker, Arena *arena, Tally *tally, uint64_t seed)
{
    *maker = (Maker){.state = seed, .arena = arena, .words = words_shipped(), .vocabulary = vocabulary_shipped(),
                     .tally = tally};
    maker->language = make_once_in(maker, 2) ? LANG_FR : LANG_EN;
    maker->is_tidy = make_once_in(maker, 2);
    maker->line_end = make_once_in(maker, 12) ? "\r\n" : "\n";
    make_bytes(maker, maker->language == LANG_FR ? "langue fr version 1" : "language en version 1");
    make_line(maker);
    if (make_once_in(maker, 8))
        make_import(maker);

    /* Names first, so that any may refer to any: order does not matter. */
    size_t first = maker->name_count;
    for (KindId kind = KIND_ALLIANCE + 1; kind < KIND_ID_END; kind++) {
        const KindInfo *info = vocabulary_kind(maker->vocabulary, kind);
        bool is_named = info->head == HEAD_NAMED && (info->places & PLACE_TOP);
        for (unsigned i = is_named ? make_number(maker, 3) : 0; i > 0; i--)
            add_name(maker, kind);
    }
    size_t count = maker->name_count;
    if (make_number(maker, 6)) {
        MadeName *name = add_name(maker, KIND_ALLIANCE);
        make_declaration(maker, KIND_ALLIANCE, name);
    }
    for (size_t i = first; i < count; i++)
        make_declaration(maker, maker->names[i].kind, &maker->names[i]);
    for (KindId kind = KIND_ALLIANCE + 1; kind < KIND_ID_END; kind++) {
        const KindInfo *info = vocabulary_kind(maker->vocabulary, kind);
        bool is_keyed = info->head == HEAD_KEYED;
        if ((info->places & PLACE_TOP) && make_once_in(maker, 6) && maker->name_count + 8 < MADE_NAMES)
            for (unsigned i = is_keyed ? 1 : 1 + make_number(maker, 2); i > 0; i--)
                make_declaration(maker, kind, NULL);
    }
    for (unsigned i = make_number(maker, 8); i > 0; i--)
        make_statement(maker);
    if (make_once_in(maker, 6))     /* the last line needs no end */
        while (maker->length > 0 && strchr(" \r\n", maker->text[maker->length - 1]))
            maker->text[--maker->length] = '\0';
}
