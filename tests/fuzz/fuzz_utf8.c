/* fuzz_utf8.c -- any bytes: what is valid survives decoding, NFC and folding, and the second
 * time changes nothing. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lang/base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void must(bool condition)
{
    if (!condition)
        abort();
}

static void same_after_decoding(const char *text, size_t length)
{
    for (size_t at = 0; at < length;) {
        unsigned size;
        char again[4];
        int32_t code = utf8_decode(text + at, length - at, &size);
        must(code >= 0 && utf8_encode(code, again) == size);
        must(memcmp(text + at, again, size) == 0);
        at += size;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    const char *text = (const char *)bytes;
    Env env;
    size_t once, twice, folded, latin;

    env_init(&env);
    size_t valid = utf8_valid(text, length);
    must(valid <= length);
    if (valid < length) {
        unsigned size;
        must(utf8_decode(text + valid, length - valid, &size) == -1 && size == 1);
    }
    same_after_decoding(text, valid);

    Arena *arena = arena_new(&env);
    const char *nfc = utf8_nfc(arena, text, valid, &once);
    must(utf8_valid(nfc, once) == once);
    const char *again = utf8_nfc(arena, nfc, once, &twice);
    must(once == twice && memcmp(nfc, again, once) == 0);

    const char *key = utf8_fold(arena, text, valid, &folded);
    const char *key_again = utf8_fold(arena, key, folded, &twice);
    must(folded == twice && memcmp(key, key_again, folded) == 0);
    char *quick = arena_copy(arena, text, valid);
    if (utf8_fold_latin(text, valid, quick, &latin))
        must(latin == folded && memcmp(quick, key, folded) == 0);
    must(utf8_count(text, valid) <= valid);
    must(utf8_distance(key, folded, key, folded, 2) == 0);
    arena_free(arena);
    return 0;
}
