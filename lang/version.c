/* version.c -- the version of the library, which configure.ac alone decides. */
#include "lang/lang.h"

#include "config.h"

const char *lang_version(void)
{
    return PACKAGE_VERSION;
}
