/* words.c -- finds words in the tables made from stdlib/words, and in what extensions add. */

#include "lang/syntax/words_rows.h"

#include <string.h>

#include "lang/base/utf8.h"

/* A name remembers where its folded key was found: the generation of the Words in the upper bits
 * (0: shipped; one more with each row that an extension adds), 1 + the key below. */
enum {
    MEMO_BITS = 20,
    MEMO_NOTHING = (1 << MEMO_BITS) - 1,
    LAST_GENERATION = (1 << (32 - MEMO_BITS)) - 1,
    BUCKETS = 256,
};

typedef struct AddedKey {
    const char *text;
    size_t length;
    WordMeaning *meanings;
    size_t count, capacity;
    uint32_t next;              /* 1 + the next key of this bucket */
} AddedKey;

struct WordsAdded {
    Arena *arena;
    uint32_t generation;
    uint32_t buckets[BUCKETS];  /* 1 + the first key */
    AddedKey *keys;
    size_t key_count, key_capacity;
    WordAddition *rows;
    size_t row_count, row_capacity;
};

/* ---- keys ---- */

static uint32_t hash_of(const char *text, size_t length)     /* FNV-1a */
{
    uint32_t hash = 2166136261u;

    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)text[i]) * 16777619u;
    return hash;
}

/* 1 + the index of a shipped key, or 0. */
static uint32_t shipped_key(const Words *words, const char *text, size_t length)
{
    uint32_t mask = words->slot_count - 1;
    uint32_t slot = hash_of(text, length) & mask;

    for (; words->slots[slot] != 0; slot = (slot + 1) & mask) {
        const WordKey *key = &words->keys[words->slots[slot] - 1];
        if (key->length == length && memcmp(words->texts + key->text, text, length) == 0)
            return words->slots[slot];
    }
    return 0;
}

static uint32_t added_key(const WordsAdded *added, const char *text, size_t length)
{
    uint32_t at = added->buckets[hash_of(text, length) % BUCKETS];

    while (at != 0) {
        const AddedKey *key = &added->keys[at - 1];
        if (key->length == length && memcmp(key->text, text, length) == 0)
            return at;
        at = key->next;
    }
    return 0;
}

/* 1 + the index of a key, those of extensions after the shipped ones; 0: no such key. */
static uint32_t find_key(const Words *words, const char *text, size_t length)
{
    uint32_t at = words->added ? added_key(words->added, text, length) : 0;

    return at != 0 ? words->key_count + at : shipped_key(words, text, length);
}

static const WordMeaning *key_meanings(const Words *words, uint32_t at, size_t *count)
{
    if (at > words->key_count) {
        const AddedKey *key = &words->added->keys[at - words->key_count - 1];
        *count = key->count;
        return key->meanings;
    }
    *count = words->keys[at - 1].count;
    return words->meanings + words->keys[at - 1].first;
}

/* Looks a word up and remembers where it was found: 1 + the index of its key, or 0. */
static APART uint32_t first_look(const Words *words, Names *names, NameId word,
                                 uint32_t generation)
{
    NameId folded = names_folded(names, word);
    uint32_t at = find_key(words, names_text(names, folded), names_length(names, folded));

    if (at < MEMO_NOTHING)          /* beyond, a giant extension: looked up each time */
        names_set_meaning(names, word, generation << MEMO_BITS | (at ? at : MEMO_NOTHING));
    return at;
}

const WordMeaning *words_meanings(const Words *words, Names *names, NameId word, size_t *count)
{
    uint32_t generation = words->added ? words->added->generation : 0;
    uint32_t memo = names_meaning(names, word);
    uint32_t at = memo & MEMO_NOTHING;

    if (memo == 0 || memo >> MEMO_BITS != generation)
        at = first_look(words, names, word, generation);
    else if (at == MEMO_NOTHING)
        at = 0;
    *count = 0;
    return at == 0 ? NULL : key_meanings(words, at, count);
}

/* ---- rows ---- */

static const WordAddition *added_row(const Words *words, LangId language, WordRole role,
                                     uint16_t id, uint16_t scope)
{
    for (size_t i = words->added ? words->added->row_count : 0; i > 0; i--) {
        const WordAddition *row = &words->added->rows[i - 1];
        if (row->language == language && row->role == role && row->id == id
            && row->scope == scope)
            return row;
    }
    return NULL;
}

static const WordRow *shipped_row(const Words *words, LangId language, WordRole role,
                                  uint16_t id, uint16_t scope)
{
    size_t low = words->ranges[language][role].from;
    size_t high = words->ranges[language][role].to;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const WordRow *row = &words->rows[middle];
        if (row->scope < scope || (row->scope == scope && row->id < id))
            low = middle + 1;
        else
            high = middle;
    }
    if (low < words->ranges[language][role].to && words->rows[low].scope == scope
        && words->rows[low].id == id)
        return &words->rows[low];
    return NULL;
}

/* What a row says, wherever it comes from; texts are NULL when it says nothing. */
typedef struct Said {
    const char *forms[WORD_FORM_COUNT], *about, *ask;
    bool is_feminine;
} Said;

static const char *text_at(const Words *words, uint32_t offset)
{
    return offset != 0 ? words->texts + offset : NULL;
}

static bool say(const Words *words, LangId language, WordRole role, uint16_t id, uint16_t scope,
                Said *said)
{
    const WordAddition *added = added_row(words, language, role, id, scope);
    const WordRow *row = NULL;

    if (!added)
        row = shipped_row(words, language, role, id, scope);
    if (!added && !row)
        return false;
    for (int form = 0; form < WORD_FORM_COUNT; form++)
        said->forms[form] = added ? added->forms[form] : text_at(words, row->forms[form]);
    said->about = added ? added->about : text_at(words, row->about);
    said->ask = added ? added->ask : text_at(words, row->ask);
    said->is_feminine = added ? added->is_feminine : row->is_feminine != 0;
    return true;
}

/* The first row with this id in any scope: a property outside of a kind, a word of some list. */
static bool say_anywhere(const Words *words, LangId language, WordRole role, uint16_t id,
                         Said *said)
{
    WordRange range = words->ranges[language][role];

    for (size_t i = range.from; i < range.to; i++)
        if (words->rows[i].id == id)
            return say(words, language, role, id, words->rows[i].scope, said);
    for (size_t i = 0; words->added && i < words->added->row_count; i++) {
        const WordAddition *row = &words->added->rows[i];
        if (row->language == language && row->role == role && row->id == id)
            return say(words, language, role, id, row->scope, said);
    }
    return false;
}

/* The row for this scope, else the one for every scope, else (scope 0) the first of any. A
 * collection has the row of its kind. */
static bool find_said(const Words *words, LangId language, WordRole role, uint16_t id,
                      uint16_t scope, Said *said)
{
    if (role == ROLE_COLLECTION)
        role = ROLE_KIND;
    if (language >= LANG_COUNT || role <= ROLE_NONE || role >= ROLE_END)
        return false;
    if (say(words, language, role, id, scope, said))
        return true;
    if (scope != 0)
        return say(words, language, role, id, 0, said);
    return say_anywhere(words, language, role, id, said);
}

const char *words_text(const Words *words, LangId language, WordRole role, uint16_t id,
                       uint16_t scope, unsigned form)
{
    Said said;

    if (role == ROLE_CURRENCY)
        return words_currency_code(id);
    if (role == ROLE_COLLECTION && form != WORD_NOUN)
        form = WORD_PLURAL;
    if (!find_said(words, language, role, id, scope, &said))
        return NULL;
    if (form < WORD_FORM_COUNT && said.forms[form])
        return said.forms[form];
    return said.forms[WORD_USUAL];
}

bool words_is_feminine(const Words *words, LangId language, WordRole role, uint16_t id)
{
    Said said;

    return find_said(words, language, role, id, 0, &said) && said.is_feminine;
}

const char *words_about(const Words *words, LangId language, WordRole role, uint16_t id,
                        uint16_t scope)
{
    Said said;

    return find_said(words, language, role, id, scope, &said) ? said.about : NULL;
}

const char *words_ask(const Words *words, LangId language, WordRole role, uint16_t id,
                      uint16_t scope)
{
    Said said;

    return find_said(words, language, role, id, scope, &said) ? said.ask : NULL;
}

/* ---- finding what a word means ---- */

/* Does this meaning hold in the scope?  A property's word for every kind holds where the kind
 * has no word of its own for it. */
static bool holds(const Words *words, const WordMeaning *meaning, uint16_t scope)
{
    if (scope == 0 || meaning->scope == scope)
        return true;
    if (meaning->role != ROLE_PROPERTY || meaning->scope != 0)
        return false;
    return !added_row(words, meaning->language, ROLE_PROPERTY, meaning->id, scope)
        && !shipped_row(words, meaning->language, ROLE_PROPERTY, meaning->id, scope);
}

const WordMeaning *words_find(const Words *words, Names *names, LangId language, NameId word,
                              WordRole role, uint16_t scope)
{
    size_t count;
    const WordMeaning *meanings = words_meanings(words, names, word, &count);

    for (size_t i = 0; i < count; i++)
        if (meanings[i].language == language && meanings[i].role == role
            && holds(words, &meanings[i], scope))
            return &meanings[i];
    return NULL;
}

CoreId words_core(const Words *words, Names *names, LangId language, NameId word)
{
    const WordMeaning *meaning = words_find(words, names, language, word, ROLE_CORE, 0);

    return meaning ? meaning->id : 0;
}

bool words_is_core(const Words *words, Names *names, LangId language, NameId word, CoreId core)
{
    size_t count;
    const WordMeaning *meanings = words_meanings(words, names, word, &count);

    for (size_t i = 0; i < count; i++)
        if (meanings[i].language == language && meanings[i].role == ROLE_CORE
            && meanings[i].id == core)
            return true;
    return false;
}

bool words_is_reserved(CoreId core)
{
    return core < CORE_ID_END && words_tables.reserved[core];
}

const Confusion *words_confusion(const Words *words, uint16_t row)
{
    return row != 0 && row <= words->confusion_count ? &words->confusions[row] : NULL;
}

/* ---- languages ---- */

unsigned words_language_count(const Words *words)
{
    (void)words;
    return LANG_COUNT;
}

const char *words_language_code(const Words *words, LangId language)
{
    return words->languages[language].code;
}

const char *words_language_name(const Words *words, LangId language)
{
    return words->languages[language].name;
}

bool words_language_find(const Words *words, const char *code, size_t length, LangId *language)
{
    for (LangId i = 0; i < LANG_COUNT; i++) {
        const char *known = words->languages[i].code;
        if (strlen(known) == length && memcmp(known, code, length) == 0) {
            *language = i;
            return true;
        }
    }
    return false;
}

bool words_decimal_comma(const Words *words, LangId language)
{
    return words->languages[language].decimal_comma;
}

bool words_spaced_colon(const Words *words, LangId language)
{
    return words->languages[language].spaced_colon;
}

bool words_is_plural(const Words *words, LangId language, int64_t number)
{
    if (number == 0)
        return words->languages[language].zero_is_plural;
    return number != 1 && number != -1;
}

/* Whether an article stands before this noun as before a vowel: the language lists the letters. */
static bool begins_with_vowel(const char *vowels, const char *noun)
{
    unsigned size;
    char letter[5] = "";

    int32_t code = utf8_decode(noun, strlen(noun), &size);
    memcpy(letter, noun, size);
    if ((code >= 'A' && code <= 'Z') || (code >= 0xc0 && code <= 0xde))
        letter[size - 1] = (char)(letter[size - 1] + 0x20);     /* a name begins with a capital */
    return strstr(vowels, letter) != NULL;
}

const char *words_article(const Words *words, LangId language, Article article,
                          const char *noun, bool is_feminine)
{
    const LanguageRow *row = &words->languages[language];
    unsigned vowel = noun[0] != '\0' && begins_with_vowel(row->vowels, noun) ? 2 : 0;

    return row->articles[article][vowel + (is_feminine ? 1 : 0)];
}

/* ---- currencies ---- */

uint16_t words_currency(const char *code, size_t length)
{
    uint16_t low = 1, high = (uint16_t)(words_tables.currency_count + 1);

    if (length == 0 || length > 3)
        return 0;
    while (length == 3 && low < high) {
        uint16_t middle = (uint16_t)(low + (high - low) / 2);
        int order = memcmp(words_tables.currencies[middle].code, code, 3);
        if (order == 0)
            return middle;
        if (order < 0)
            low = (uint16_t)(middle + 1);
        else
            high = middle;
    }
    for (uint16_t i = 1; i <= words_tables.currency_count; i++) {
        const char *sign = words_tables.currencies[i].sign;
        if (sign[0] != '\0' && strlen(sign) == length && memcmp(sign, code, length) == 0)
            return i;
    }
    return 0;
}

const char *words_currency_code(uint16_t currency)
{
    return currency <= words_tables.currency_count ? words_tables.currencies[currency].code : "";
}

unsigned words_currency_decimals(uint16_t currency)
{
    return currency <= words_tables.currency_count
        ? words_tables.currencies[currency].decimals : 0;
}

/* ---- extensions ---- */

const Words *words_shipped(void)
{
    return &words_tables;
}

static uint32_t next_generation(uint32_t generation)
{
    return generation % LAST_GENERATION + 1;
}

Words *words_extend(Arena *arena, const Words *from)
{
    Words *words = arena_alloc(arena, sizeof *words);
    WordsAdded *added = arena_alloc(arena, sizeof *added);

    *words = *from;
    if (from->added) {
        *added = *from->added;
        added->keys = NULL;
        added->rows = NULL;
        added->key_capacity = added->row_capacity = 0;
        added->keys = arena_grow(arena, NULL, &added->key_capacity, added->key_count,
                                 sizeof *added->keys);
        added->rows = arena_grow(arena, NULL, &added->row_capacity, added->row_count,
                                 sizeof *added->rows);
        if (added->key_count > 0)
            memcpy(added->keys, from->added->keys, added->key_count * sizeof *added->keys);
        if (added->row_count > 0)
            memcpy(added->rows, from->added->rows, added->row_count * sizeof *added->rows);
        for (size_t i = 0; i < added->key_count; i++) {
            added->keys[i].meanings = arena_array(arena, added->keys[i].count,
                                                  sizeof(WordMeaning));
            memcpy(added->keys[i].meanings, from->added->keys[i].meanings,
                   added->keys[i].count * sizeof(WordMeaning));
            added->keys[i].capacity = added->keys[i].count;
        }
    }
    added->arena = arena;
    added->generation = next_generation(added->generation);
    words->added = added;
    return words;
}

/* The key of an extension for a folded text, made with the shipped meanings when it is new. */
static AddedKey *key_for(Words *words, const char *text, size_t length)
{
    WordsAdded *added = words->added;
    uint32_t at = added_key(added, text, length);
    uint32_t shipped;
    AddedKey *key;

    if (at != 0)
        return &added->keys[at - 1];
    added->keys = arena_grow(added->arena, added->keys, &added->key_capacity,
                             added->key_count + 1, sizeof *added->keys);
    key = &added->keys[added->key_count++];
    *key = (AddedKey){.text = arena_copy(added->arena, text, length), .length = length};
    key->next = added->buckets[hash_of(text, length) % BUCKETS];
    added->buckets[hash_of(text, length) % BUCKETS] = (uint32_t)added->key_count;
    shipped = shipped_key(words, text, length);
    if (shipped != 0) {
        const WordKey *old = &words->keys[shipped - 1];
        key->meanings = arena_grow(added->arena, NULL, &key->capacity, old->count,
                                   sizeof *key->meanings);
        memcpy(key->meanings, words->meanings + old->first,
               old->count * sizeof *key->meanings);
        key->count = old->count;
    }
    return key;
}

void words_add_spelling(Words *words, const char *spelling, WordMeaning meaning)
{
    WordsAdded *added = words->added;
    size_t length;
    const char *folded = utf8_fold(added->arena, spelling, strlen(spelling), &length);
    AddedKey *key = key_for(words, folded, length);

    for (size_t i = 0; i < key->count; i++)
        if (memcmp(&key->meanings[i], &meaning, sizeof meaning) == 0)
            return;
    key->meanings = arena_grow(added->arena, key->meanings, &key->capacity, key->count + 1,
                               sizeof *key->meanings);
    key->meanings[key->count++] = meaning;
    added->generation = next_generation(added->generation);
}

void words_add(Words *words, const WordAddition *row)
{
    WordsAdded *added = words->added;
    WordMeaning meaning = {row->language, (uint8_t)row->role, row->id, row->scope};
    WordMeaning collection = {row->language, ROLE_COLLECTION, row->id, 0};

    added->rows = arena_grow(added->arena, added->rows, &added->row_capacity,
                             added->row_count + 1, sizeof *added->rows);
    added->rows[added->row_count++] = *row;
    for (int form = 0; form < WORD_FORM_COUNT; form++) {
        bool is_collection = row->role == ROLE_KIND && (form == WORD_PLURAL || form == WORD_NOUN);
        if (row->forms[form])
            words_add_spelling(words, row->forms[form], is_collection ? collection : meaning);
    }
}
