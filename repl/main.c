/* main.c -- the alliance program: says which version it is. */
#include <stdio.h>

#include "lang/lang.h"

int main(void)
{
    printf("alliance %s\n", lang_version());
    return 0;
}
