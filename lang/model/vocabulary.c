/* vocabulary.c -- answers about kinds, properties and lists, from the tables. */
#include "lang/model/vocabulary_rows.h"

#include <string.h>

const Vocabulary *vocabulary_shipped(void)
{
    return &vocabulary_tables;
}

uint16_t vocabulary_kind_count(const Vocabulary *vocabulary)
{
    return vocabulary->kind_count;
}

const KindInfo *vocabulary_kind(const Vocabulary *vocabulary, KindId kind)
{
    return &vocabulary->kinds[kind <= vocabulary->kind_count ? kind : 0];
}

uint16_t vocabulary_property_count(const Vocabulary *vocabulary)
{
    return vocabulary->property_count;
}

const char *vocabulary_property_id(const Vocabulary *vocabulary, PropertyId property)
{
    return property <= vocabulary->property_count ? vocabulary->property_ids[property] : NULL;
}

const char *vocabulary_word_id(const Vocabulary *vocabulary, WordId word)
{
    return word <= vocabulary->word_count ? vocabulary->word_ids[word] : NULL;
}

const ListInfo *vocabulary_list(const Vocabulary *vocabulary, ListId list)
{
    return &vocabulary->lists[list <= vocabulary->list_count ? list : 0];
}

uint16_t vocabulary_list_count(const Vocabulary *vocabulary)
{
    return vocabulary->list_count;
}

bool vocabulary_list_has(const Vocabulary *vocabulary, ListId list, WordId word,
                         uint16_t *rank)
{
    const ListInfo *info = vocabulary_list(vocabulary, list);
    for (uint16_t i = 0; i < info->count; i++)
        if (info->words[i] == word) {
            if (rank)
                *rank = i;
            return true;
        }
    return false;
}

static const PropertyInfo *find_row(const PropertyInfo *rows, uint16_t count,
                                    PropertyId property)
{
    for (uint16_t i = 0; i < count; i++)
        if (rows[i].id == property)
            return &rows[i];
    return NULL;
}

const PropertyInfo *vocabulary_property(const Vocabulary *vocabulary, KindId kind,
                                        PropertyId property)
{
    if (property == 0)
        return NULL;
    const KindInfo *info = vocabulary_kind(vocabulary, kind);
    const PropertyInfo *own = find_row(info->properties, info->property_count, property);
    return own ? own : find_row(vocabulary->common, vocabulary->common_count, property);
}

KindId vocabulary_find_kind(const Vocabulary *vocabulary, const char *id)
{
    for (uint16_t i = 1; i <= vocabulary->kind_count; i++)
        if (vocabulary->kinds[i].id && strcmp(vocabulary->kinds[i].id, id) == 0)
            return i;
    return 0;
}

static uint16_t find_id(const char *const *ids, uint16_t count, const char *id)
{
    for (uint16_t i = 1; i <= count; i++)
        if (ids[i] && strcmp(ids[i], id) == 0)
            return i;
    return 0;
}

PropertyId vocabulary_find_property(const Vocabulary *vocabulary, const char *id)
{
    return find_id(vocabulary->property_ids, vocabulary->property_count, id);
}

WordId vocabulary_find_word(const Vocabulary *vocabulary, const char *id)
{
    return find_id(vocabulary->word_ids, vocabulary->word_count, id);
}

const char *property_type_word(PropertyType type)
{
    static const char *const words[] = {
        "",
#define TYPE_WORD(type_name, word) word,
        PROPERTY_TYPES(TYPE_WORD)
#undef TYPE_WORD
    };
    return type < TYPE_COUNT ? words[type] : "";
}
