/* value_json.h -- values and the whole model as JSON: one encoding for all. */
#ifndef PLUGINS_HOST_VALUE_JSON_H
#define PLUGINS_HOST_VALUE_JSON_H

#include "lang/lang.h"
#include "plugins/io/json_writer.h"

/* One value; ids are neutral, numbers of amounts are exact texts. */
void value_json(JsonWriter *json, Arena *arena, const Snapshot *snapshot, Value value);

/* The model: {"version","files","entities","statements"}; with_places false leaves out "files" and
 * "at", for comparing trees.  false: there was no memory, or the output takes no more. */
bool model_json(JsonWriter *json, const Snapshot *snapshot, bool with_places);

#endif
