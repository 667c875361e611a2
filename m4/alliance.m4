dnl alliance.m4 -- the few macros that configure.ac is written with.

dnl ALLIANCE_SWITCH(NAME, ABOUT): an option --enable-NAME, off unless asked for.
AC_DEFUN([ALLIANCE_SWITCH], [
    AC_ARG_ENABLE([$1], [AS_HELP_STRING([--enable-$1], [$2])], [],
        [AS_TR_SH([enable_$1])=no])
])

dnl ALLIANCE_MISSING(WHAT, PACKAGE): notes something required that is not there.
AC_DEFUN([ALLIANCE_MISSING], [
    missing_names="$missing_names
    $1 (Debian package $2)"
    missing_packages="$missing_packages $2"
])

dnl ALLIANCE_REPORT_MISSING: stops with everything that ALLIANCE_MISSING noted, at once.
AC_DEFUN([ALLIANCE_REPORT_MISSING], [
    AS_IF([test -n "$missing_packages"], [AC_MSG_ERROR([these are needed and were not found:$missing_names
  On Debian: apt-get install$missing_packages
  or let ./dev install what is missing: ./dev deps])])
])

dnl ALLIANCE_CFLAGS(VARIABLE, FLAGS): substitutes those of FLAGS that the compiler takes
dnl without a warning.
AC_DEFUN([ALLIANCE_CFLAGS], [
    $1=
    alliance_saved="$CFLAGS"
    for flag in m4_normalize([$2]); do
        AC_MSG_CHECKING([whether $CC takes $flag])
        CFLAGS="$alliance_saved $$1 $flag -Werror"
        AC_COMPILE_IFELSE([AC_LANG_PROGRAM([[#include <string.h>]])],
            [AC_MSG_RESULT([yes]); $1="$$1 $flag"],
            [AC_MSG_RESULT([no])])
    done
    CFLAGS="$alliance_saved"
    AC_SUBST([$1])
])

dnl ALLIANCE_LDFLAGS(VARIABLE, FLAGS): the same for the linker.
AC_DEFUN([ALLIANCE_LDFLAGS], [
    $1=
    alliance_saved="$LDFLAGS"
    alliance_saved_c="$CFLAGS"
    CFLAGS="$CFLAGS $HARDENING_CFLAGS"
    for flag in m4_normalize([$2]); do
        AC_MSG_CHECKING([whether the linker takes $flag])
        LDFLAGS="$alliance_saved $$1 $flag"
        AC_LINK_IFELSE([AC_LANG_PROGRAM()],
            [AC_MSG_RESULT([yes]); $1="$$1 $flag"],
            [AC_MSG_RESULT([no])])
    done
    LDFLAGS="$alliance_saved"
    CFLAGS="$alliance_saved_c"
    AC_SUBST([$1])
])

dnl ALLIANCE_TRY_LINK(FLAGS, OTHERWISE): runs OTHERWISE if a program cannot be built with FLAGS.
AC_DEFUN([ALLIANCE_TRY_LINK], [
    alliance_saved="$CFLAGS"
    CFLAGS="$CFLAGS $1"
    AC_LINK_IFELSE([AC_LANG_PROGRAM()], [], [$2])
    CFLAGS="$alliance_saved"
])
