/* answer.c -- see answer.h. */
#include "repl/answer.h"

#include <string.h>

#include "plugins/host/value_json.h"

/* ---- Tables ------------------------------------------------------------------------ */

enum { COLUMN_GAP = 2, COLUMN_LEAST = 6 };

static size_t text_width(const char *text)
{
    return out_width(text, strlen(text));
}

static void measure(const Table *table, size_t *widths)
{
    for (size_t column = 0; column < table->column_count; column++) {
        widths[column] = table->heads ? text_width(table->heads[column]) : 0;
        for (size_t row = 0; row < table->row_count; row++) {
            size_t width = text_width(table->cells[row * table->column_count + column]);
            widths[column] = width > widths[column] ? width : widths[column];
        }
    }
}

static size_t total_width(const Table *table, const size_t *widths)
{
    size_t total = 0;
    for (size_t column = 0; column < table->column_count; column++)
        total += widths[column] + (column > 0 ? COLUMN_GAP : 0);
    return total;
}

/* Narrows the widest columns until the table fits; false: it cannot. */
static bool fit(const Table *table, size_t *widths, size_t limit)
{
    while (total_width(table, widths) > limit) {
        size_t widest = 0;
        for (size_t column = 1; column < table->column_count; column++)
            if (widths[column] > widths[widest])
                widest = column;
        if (widths[widest] <= 2 * COLUMN_LEAST)
            return false;
        widths[widest]--;
    }
    return true;
}

/* Bytes of text that fit in width columns, ending between words where possible. */
static size_t wrap_at(const char *text, size_t width)
{
    size_t length = strlen(text), taken = 0, best = 0;
    if (text_width(text) <= width)
        return length;
    while (taken < length) {
        unsigned size;
        utf8_decode(text + taken, length - taken, &size);
        if (out_width(text, taken + size) > width)
            break;
        taken += size;
        if (text[taken] == ' ')
            best = taken;
    }
    if (best > 0)
        return best;
    return taken > 0 ? taken : 1;
}

static void print_cell_part(Out *out, const char *text, size_t length, size_t width, bool right,
                            bool is_last)
{
    size_t used = out_width(text, length);
    size_t pad = used < width ? width - used : 0;
    if (right)
        out_spaces(out, pad);
    out_text(out, text, length);
    if (!right && !is_last)
        out_spaces(out, pad);
}

static void print_row(Out *out, const Table *table, const char *const *cells,
                      const size_t *widths, const char **rest)
{
    bool more = true;
    for (size_t column = 0; column < table->column_count; column++)
        rest[column] = cells[column];
    while (more) {
        more = false;
        size_t last = 0;
        for (size_t column = 0; column < table->column_count; column++)
            if (*rest[column])
                last = column;
        for (size_t column = 0; column <= last; column++) {
            size_t taken = wrap_at(rest[column], widths[column]);
            if (column > 0)
                out_spaces(out, COLUMN_GAP);
            print_cell_part(out, rest[column], taken, widths[column],
                            table->right && table->right[column], column == last);
            rest[column] += taken;
            while (*rest[column] == ' ')
                rest[column]++;
            more = more || *rest[column];
        }
        out_print(out, "\n");
    }
}

static void print_as_lines(Out *out, const Table *table)
{
    size_t widest = 0;
    for (size_t column = 0; table->heads && column < table->column_count; column++) {
        size_t width = text_width(table->heads[column]);
        widest = width > widest ? width : widest;
    }
    for (size_t row = 0; row < table->row_count; row++) {
        for (size_t column = 0; column < table->column_count; column++) {
            if (table->heads) {
                out_style(out, STYLE_FAINT);
                out_cell(out, table->heads[column], widest, true);
                out_style(out, STYLE_PLAIN);
                out_print(out, "  ");
            }
            out_string(out, table->cells[row * table->column_count + column]);
            out_print(out, "\n");
        }
        if (row + 1 < table->row_count)
            out_print(out, "\n");
    }
}

void table_print(Program *program, Out *out, const Table *table)
{
    Arena *arena = scratch_new(program);
    size_t *widths = arena_array(arena, table->column_count + 1, sizeof *widths);
    const char **rest = arena_array(arena, table->column_count + 1, sizeof *rest);
    size_t limit = program->is_terminal || program->at_prompt ? program->width : 10000;
    measure(table, widths);
    if (option_has(&program->options, OPT_PLAIN) || program->mode == CHOICE_LINE
        || !fit(table, widths, limit)) {
        print_as_lines(out, table);
        arena_free(arena);
        return;
    }
    if (table->heads) {
        out_style(out, STYLE_STRONG);
        print_row(out, table, table->heads, widths, rest);
        out_style(out, STYLE_PLAIN);
        for (size_t column = 0; column < table->column_count; column++) {
            if (column > 0)
                out_spaces(out, COLUMN_GAP);
            out_repeat(out, '-', widths[column]);
        }
        out_print(out, "\n");
    }
    for (size_t row = 0; row < table->row_count; row++)
        print_row(out, table, table->cells + row * table->column_count, widths, rest);
    arena_free(arena);
}

/* ---- Answers ----------------------------------------------------------------------- */

static LangId answer_language(const Program *program)
{
    return program->language;
}

static bool is_number(const Value *value)
{
    return value->kind == VALUE_NUMBER || value->kind == VALUE_AMOUNT
           || value->kind == VALUE_BAG;
}

/* Is a cell a confidential value, or the first one of a confidential thing? */
static bool is_confidential(const Program *program, const Answer *answer, size_t cell)
{
    const Snapshot *snapshot = program->snapshot;
    const AnswerColumn *column = &answer->columns[cell % answer->column_count];
    EntityId entity = answer->entities ? answer->entities[cell / answer->column_count] : 0;
    PropertyRow row;
    if (!entity)
        return false;
    if (cell % answer->column_count == 0 && entity_is_confidential(snapshot, entity))
        return true;
    return column->field && !column->measure && !column->path
           && entity_find_row(snapshot, entity, column->field, &row) && row.confidential;
}

static void print_table(Program *program, Arena *arena, const Answer *answer)
{
    size_t cells = answer->row_count * answer->column_count;
    const char **texts = arena_array(arena, cells + 1, sizeof *texts);
    const char **heads = arena_array(arena, answer->column_count + 1, sizeof *heads);
    /* A column of numbers, some of them perhaps not known, stands to the right. */
    bool *right = arena_array(arena, answer->column_count + 1, sizeof *right);
    bool *left = arena_array(arena, answer->column_count + 1, sizeof *left);
    for (size_t i = 0; i < answer->column_count; i++) {
        heads[i] = query_column_title(program->snapshot, &answer->columns[i],
                                      answer_language(program));
        right[i] = left[i] = false;
    }
    for (size_t i = 0; i < cells; i++) {
        const Value *value = &answer->cells[i];
        texts[i] = value->kind == VALUE_ABSENT
                       ? ""
                       : value_text(arena, program->snapshot, *value,
                                    answer_language(program));
        bool known = value->kind != VALUE_ABSENT && value->kind != VALUE_UNKNOWN;
        if (is_confidential(program, answer, i))
            texts[i] = arena_format(arena, "%s %s", texts[i],
                                    program_text(program, arena, MESSAGE_CONFIDENTIAL_MARK));
        if (known)
            (is_number(value) ? right : left)[i % answer->column_count] = true;
    }
    for (size_t i = 0; i < answer->column_count; i++)
        right[i] = right[i] && !left[i];
    Table table = {answer->column_count, answer->row_count, heads, texts, right};
    if (answer->row_count > 0)
        table_print(program, &program->out, &table);
}

static bool write_out(void *context, const char *bytes, size_t length)
{
    Out *out = context;
    out_raw(out, bytes, length);
    return !out->failed;
}

static const char *type_word(const AnswerColumn *column)
{
    if (column->measure == CORE_COUNT)
        return "number";
    if (column->measure)
        return "bag";
    return column->type ? property_type_word((PropertyType)column->type) : "any";
}

static void print_json(Program *program, Arena *arena, const Answer *answer)
{
    JsonWriter json;
    program->printed_json = true;
    json_init(&json, write_out, &program->out, true);
    json_open(&json, '{');
    json_key_integer(&json, "version", 1);
    if (answer->is_value) {
        json_key(&json, "value");
        value_json(&json, arena, program->snapshot, answer->value);
    } else {
        json_key(&json, "columns");
        json_open(&json, '[');
        for (size_t i = 0; i < answer->column_count; i++) {
            json_open(&json, '{');
            json_key_text(&json, "id", answer->columns[i].id);
            json_key_text(&json, "type", type_word(&answer->columns[i]));
            json_close(&json, '}');
        }
        json_close(&json, ']');
        json_key(&json, "rows");
        json_open(&json, '[');
        for (size_t row = 0; row < answer->row_count; row++) {
            json_open(&json, '{');
            for (size_t i = 0; i < answer->column_count; i++) {
                json_key(&json, answer->columns[i].id);
                value_json(&json, arena, program->snapshot,
                           answer->cells[row * answer->column_count + i]);
            }
            json_close(&json, '}');
        }
        json_close(&json, ']');
    }
    if (answer->untold > 0)
        json_key_integer(&json, "untold", (int64_t)answer->untold);
    json_close(&json, '}');
    json_end(&json);
    out_print(&program->out, "\n");
}

/* One CSV field: quoted when needed; a text that a spreadsheet would take for a formula gets a
 * leading apostrophe. */
static void csv_field(Out *out, const char *text, size_t length, bool is_text)
{
    bool formula = is_text && length > 0 && strchr("=+-@\t\r", text[0]);
    bool quoted = formula;
    for (size_t i = 0; i < length && !quoted; i++)
        quoted = strchr(",\"\r\n", text[i]) != NULL;
    if (!quoted) {
        out_raw(out, text, length);
        return;
    }
    out_raw(out, formula ? "\"'" : "\"", formula ? 2 : 1);
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '"')
            out_raw(out, "\"", 1);
        out_raw(out, text + i, 1);
    }
    out_raw(out, "\"", 1);
}

/* Columns that hold an amount anywhere become two: x and x_unit. */
static bool is_amount_column(const Answer *answer, size_t column)
{
    for (size_t row = 0; row < answer->row_count; row++)
        if (answer->cells[row * answer->column_count + column].kind == VALUE_AMOUNT)
            return true;
    return false;
}

static void csv_value(Program *program, Arena *arena, const Value *value, bool two_columns)
{
    Out *out = &program->out;
    char digits[DECIMAL_TEXT];
    LangId language = answer_language(program);
    if (value->kind == VALUE_AMOUNT && two_columns) {
        const Amount *amount = value->as.amount;
        const char *unit = unit_text(arena, program->snapshot, amount->unit, amount->per,
                                     amount->number, language);
        out_raw(out, digits, decimal_write(amount->number, digits));
        out_raw(out, ",", 1);
        csv_field(out, unit, strlen(unit), true);
        return;
    }
    if (value->kind == VALUE_NUMBER)
        out_raw(out, digits, decimal_write(value->as.number, digits));
    else if (value->kind != VALUE_ABSENT) {
        const char *text = value_text(arena, program->snapshot, *value, language);
        csv_field(out, text, strlen(text), true);
    }
    if (two_columns)
        out_raw(out, ",", 1);
}

static void print_csv(Program *program, Arena *arena, const Answer *answer)
{
    Out *out = &program->out;
    if (answer->is_value) {
        csv_value(program, arena, &answer->value, false);
        out_raw(out, "\r\n", 2);
        return;
    }
    bool *amounts = arena_array(arena, answer->column_count + 1, sizeof *amounts);
    for (size_t i = 0; i < answer->column_count; i++) {
        const char *id = answer->columns[i].id;
        amounts[i] = is_amount_column(answer, i);
        if (i > 0)
            out_raw(out, ",", 1);
        csv_field(out, id, strlen(id), true);
        if (amounts[i]) {
            out_raw(out, ",", 1);
            out_print(out, "%s_unit", id);
        }
    }
    out_raw(out, "\r\n", 2);
    for (size_t row = 0; row < answer->row_count; row++) {
        for (size_t i = 0; i < answer->column_count; i++) {
            if (i > 0)
                out_raw(out, ",", 1);
            csv_value(program, arena, &answer->cells[row * answer->column_count + i],
                      amounts[i]);
        }
        out_raw(out, "\r\n", 2);
    }
}

void answer_print(Program *program, Evaluation *evaluation, const Answer *answer,
                  uint16_t mode)
{
    Arena *arena = evaluation_arena(evaluation);
    if (mode == CHOICE_JSON) {
        print_json(program, arena, answer);
        return;
    }
    if (mode == CHOICE_CSV) {
        print_csv(program, arena, answer);
        return;
    }
    if (answer->is_value) {
        const char *text = value_text(arena, program->snapshot, answer->value,
                                      answer_language(program));
        out_string(&program->out, text);
        out_print(&program->out, "\n");
    } else {
        print_table(program, arena, answer);
        say_count(program, &program->out, MESSAGE_ROW_COUNT, (int64_t)answer->row_count, NULL);
        out_print(&program->out, "\n");
    }
    if (answer->untold > 0) {
        say_count(program, &program->out, MESSAGE_UNTOLD_COUNT, (int64_t)answer->untold, NULL);
        out_print(&program->out, "\n");
    }
}
