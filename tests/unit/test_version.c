/* test_version.c -- the library says which version it is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "lang/lang.h"

/* Three numbers joined by dots, as every package system expects. */
static void test_version_is_three_numbers(void **state)
{
    const char *rest = lang_version();
    (void)state;

    for (int part = 0; part < 3; part++) {
        size_t digits = strspn(rest, "0123456789");
        assert_in_range(digits, 1, 4);
        rest += digits;
        if (part < 2)
            assert_int_equal(*rest++, '.');
    }
    assert_string_equal(rest, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_version_is_three_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
