/* test_record.c -- records that cross the pipe, and streams that only claim to be some. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <lauxlib.h>
#include <lualib.h>

#include "plugins/host/record.h"
#include "plugins/host/sha256.h"

typedef struct Bytes {
    char *bytes;
    size_t length, capacity;
} Bytes;

static Arena *new_arena(void)
{
    static Env env;
    env_init(&env);
    return arena_new(&env);
}

/* The record that a Lua expression gives, with its length before it; false: it cannot cross. */
static bool write_lua(const char *expression, Bytes *bytes, const char **problem)
{
    lua_State *L = luaL_newstate();
    char chunk[512];
    luaL_openlibs(L);
    snprintf(chunk, sizeof chunk, "return %s", expression);
    assert_int_equal(luaL_dostring(L, chunk), LUA_OK);
    *bytes = (Bytes){0};
    bool fine = record_write(L, -1, &bytes->bytes, &bytes->length, &bytes->capacity, problem);
    lua_close(L);
    return fine;
}

static void read_back(Arena *arena, const char *expression, Record *record)
{
    Bytes bytes;
    const char *problem = NULL;
    uint32_t size;
    assert_true(write_lua(expression, &bytes, &problem));
    memcpy(&size, bytes.bytes, sizeof size);
    assert_int_equal(size + sizeof size, bytes.length);
    assert_true(record_read(arena, bytes.bytes + sizeof size, size, record));
    free(bytes.bytes);
}

static void values_come_back(void **state)
{
    Arena *arena = new_arena();
    Record record;
    (void)state;
    read_back(arena, "{type='end', n=-7, f=0.5, yes=true, no=false, list={'a','b','c'}}", &record);
    assert_string_equal(record_text(&record, "type"), "end");
    assert_int_equal(record_integer(&record, "n", 0), -7);
    assert_true(record_field(&record, "f")->as.number > 0.49);
    assert_true(record_flag(&record, "yes"));
    assert_false(record_flag(&record, "no"));
    assert_false(record_flag(&record, "absent"));
    assert_null(record_text(&record, "n"));
    assert_int_equal(record_integer(&record, "type", 3), 3);
    const Record *list = record_field(&record, "list");
    assert_int_equal(record_length(list), 3);
    assert_string_equal(record_string(record_item(list, 2)), "b");
    assert_null(record_item(list, 4));
    assert_null(record_item(list, 0));
    assert_int_equal(record_length(NULL), 0);
    assert_int_equal(record_length(record_field(&record, "type")), 0);
    arena_free(arena);
}

/* The fields are found, whatever order the hash of the worker had. */
static void order_is_that_of_the_keys(void **state)
{
    Arena *arena = new_arena();
    Record record;
    (void)state;
    read_back(arena, "{[3]='c', z=1, a=2, [1]='a', [-5]=0, ab=3, [2]='b', [100]=1}", &record);
    assert_int_equal(record.as.table.count, 8);
    static const char *const names[] = {"a", "ab", "z"};
    static const int64_t numbers[] = {-5, 1, 2, 3, 100};
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(record.as.table.pairs[i].key.as.integer, numbers[i]);
    for (size_t i = 0; i < 3; i++)
        assert_string_equal(record.as.table.pairs[5 + i].key.as.string.bytes, names[i]);
    assert_int_equal(record_length(&record), 3);
    arena_free(arena);
}

static void texts_become_utf8(void **state)
{
    Arena *arena = new_arena();
    Record record;
    (void)state;
    read_back(arena, "{a='x\\xff\\xc3y', b='\\0z', c='\\xc3\\xa9', d='\\xed\\xa0\\x80'}", &record);
    assert_string_equal(record_text(&record, "a"), "x??y");
    assert_string_equal(record_text(&record, "b"), "?z");
    assert_string_equal(record_text(&record, "c"), "\xc3\xa9");
    assert_string_equal(record_text(&record, "d"), "???");
    arena_free(arena);
}

static void what_cannot_cross(void **state)
{
    static const char *const expressions[] = {
        "print", "{print}", "{[0.5]=1}", "{[true]=1}", "coroutine.create(print)", "{[{}]=1}",
        "(function() local t = {} t[1] = t return t end)()",
        "('x'):rep((64 << 20) + 1)",
        "(function() local t = {} for i = 1, 1000001 do t[i] = 1 end return t end)()",
    };
    (void)state;
    for (size_t i = 0; i < sizeof expressions / sizeof expressions[0]; i++) {
        Bytes bytes;
        const char *problem = NULL;
        assert_false(write_lua(expressions[i], &bytes, &problem));
        assert_non_null(problem);
        assert_int_equal(bytes.length, 0);
        free(bytes.bytes);
    }
}

static void fields_without_lua(void **state)
{
    char bytes[300], text[1000];
    Arena *arena = new_arena();
    Record record;
    (void)state;
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    RecordField fields[] = {{"type", "end", 0}, {"memory", NULL, 5}, {"reason", text, 0}};
    size_t length = record_write_fields(fields, 3, bytes, sizeof bytes);
    assert_true(length <= sizeof bytes);
    assert_true(record_read(arena, bytes + 4, length - 4, &record));
    assert_string_equal(record_text(&record, "type"), "end");
    assert_int_equal(record_integer(&record, "memory", 0), 5);
    size_t cut = strlen(record_text(&record, "reason"));
    assert_true(cut > 100 && cut < sizeof bytes);
    arena_free(arena);
}

/* ---- Streams that break the rules -------------------------------------------------------- */

static void refused(const char *bytes, size_t length)
{
    Arena *arena = new_arena();
    Record record;
    size_t before = arena_bytes(arena);
    assert_false(record_read(arena, bytes, length, &record));
    assert_true(arena_bytes(arena) - before < 1 << 20);     /* a claim costs no memory */
    arena_free(arena);
}

#define REFUSED(text) refused(text, sizeof text - 1)

static void lies_are_refused(void **state)
{
    (void)state;
    REFUSED("");
    REFUSED("\x07");                                    /* no such tag */
    REFUSED("\xff");
    REFUSED("\x03\1\2\3");                              /* an integer that is cut */
    REFUSED("\x05\5\0\0\0abcd");                        /* a text that is cut */
    REFUSED("\x05\xff\xff\xff\xff" "abcd");
    REFUSED("\x06\xff\xff\xff\xff");                    /* a table of four thousand millions */
    REFUSED("\x06\1\0\0\0\x05\1\0\0\0a");               /* no value */
    REFUSED("\x06\1\0\0\0\x02\x02");                    /* a key that is none */
    REFUSED("\x06\1\0\0\0\x00\x02");
    REFUSED("\x06\1\0\0\0\x06\0\0\0\0\x02");
    REFUSED("\x02\x02");                                /* something behind it */
    REFUSED("\x06\2\0\0\0\x05\1\0\0\0a\x02\x05\1\0\0\0a\x01");      /* a key twice */
}

static void depth_is_limited(void **state)
{
    char bytes[600];
    Arena *arena = new_arena();
    Record record;
    (void)state;
    for (unsigned depth = 1; depth < 40; depth++) {
        size_t length = 0;
        for (unsigned i = 0; i < depth; i++) {
            static const char head[] = "\x06\1\0\0\0\x05\1\0\0\0a";
            memcpy(bytes + length, head, sizeof head - 1);
            length += sizeof head - 1;
        }
        bytes[length++] = RECORD_NIL;
        assert_int_equal(record_read(arena, bytes, length, &record), depth <= RECORD_DEPTH);
    }
    arena_free(arena);
}

/* Tables in tables, each of which claims as much as fits: memory stays that of one record. */
static void claims_add_up(void **state)
{
    size_t length = 16 << 20;
    char *bytes = calloc(1, length);
    Arena *arena = new_arena();
    Record record;
    (void)state;
    assert_non_null(bytes);
    for (size_t i = 0; i < 12; i++) {
        uint32_t count = 400000;
        char *at = bytes + i * 15;
        at[0] = RECORD_TABLE;
        memcpy(at + 1, &count, sizeof count);
        at[5] = RECORD_INTEGER;
        at[6] = (char)i;
        at[14] = i == 11 ? RECORD_NIL : RECORD_TABLE;
    }
    assert_false(record_read(arena, bytes, length, &record));
    assert_true(arena_bytes(arena) < 64 << 20);
    arena_free(arena);
    free(bytes);
}

static uint64_t next_number(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

static void walk(const Record *record, unsigned depth)
{
    assert_true(depth <= RECORD_DEPTH);
    record_string(record);
    record_length(record);
    for (size_t i = 0; record->tag == RECORD_TABLE && i < record->as.table.count; i++) {
        const RecordPair *pair = &record->as.table.pairs[i];
        assert_true(pair->key.tag == RECORD_INTEGER || pair->key.tag == RECORD_STRING);
        walk(&pair->value, depth + 1);
    }
}

/* A good record with bytes changed, cut or put in: whatever is accepted can be walked. */
static void broken_streams(void **state)
{
    Bytes bytes;
    const char *problem;
    uint64_t seed = 20240630;
    size_t accepted = 0;
    (void)state;
    assert_true(write_lua("{type='finding', place={file=0,start=1,stop=2}, text={en='a',fr='b'},"
                          "objects={'x','y',{z=1}}, [1]=2, [2]=0.5, [7]=false}",
                          &bytes, &problem));
    for (unsigned round = 0; round < 20000; round++) {
        size_t length = bytes.length - 4;
        char *copy = malloc(length + 8);
        Arena *arena = new_arena();
        Record record;
        memcpy(copy, bytes.bytes + 4, length);
        for (unsigned i = 0; i <= round % 4; i++)
            copy[next_number(&seed) % length] = (char)next_number(&seed);
        if (round % 3 == 0)
            length = next_number(&seed) % length;
        char *exact = malloc(length ? length : 1);      /* so that a sanitizer sees its end */
        memcpy(exact, copy, length);
        if (record_read(arena, exact, length, &record)) {
            accepted++;
            walk(&record, 1);
        }
        free(exact);
        free(copy);
        arena_free(arena);
    }
    free(bytes.bytes);
    assert_in_range(accepted, 1, 19999);
}

/* ---- SHA-256: the vectors of FIPS 180-4 and of NIST's short and long messages -------------- */

static void hash_is(const char *text, size_t times, const char *wanted)
{
    Sha256 hash;
    char hex[65];
    sha256_init(&hash);
    for (size_t i = 0; i < times; i++)
        sha256_add(&hash, text, strlen(text));
    sha256_hex(&hash, hex);
    assert_string_equal(hex, wanted);
}

static void known_hashes(void **state)
{
    (void)state;
    hash_is("", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    hash_is("abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    hash_is("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    hash_is("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
            "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu", 1,
            "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1");
    hash_is("a", 1000000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

/* Cut anywhere, the hash is the same: every length around the size of a block. */
static void hash_in_pieces(void **state)
{
    char text[200], one[65], two[65];
    (void)state;
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = (char)(i * 7);
    for (size_t length = 0; length < sizeof text; length++)
        for (size_t cut = 0; cut <= length; cut += 1 + length / 9) {
            Sha256 hash;
            sha256_init(&hash);
            sha256_add(&hash, text, length);
            sha256_hex(&hash, one);
            sha256_init(&hash);
            sha256_add(&hash, text, cut);
            sha256_add(&hash, text + cut, length - cut);
            sha256_hex(&hash, two);
            assert_string_equal(one, two);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_come_back),   cmocka_unit_test(order_is_that_of_the_keys),
        cmocka_unit_test(texts_become_utf8),  cmocka_unit_test(what_cannot_cross),
        cmocka_unit_test(fields_without_lua), cmocka_unit_test(lies_are_refused),
        cmocka_unit_test(depth_is_limited),   cmocka_unit_test(claims_add_up),
        cmocka_unit_test(broken_streams),     cmocka_unit_test(known_hashes),
        cmocka_unit_test(hash_in_pieces),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
