/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the fuzz targets share. */

#pragma once

#include <stdlib.h>

#include <glib.h>

/* Says what is wrong and ends by SIGABRT, for which libFuzzer keeps the input; the SIGTRAP of
 * g_error() it does not know. */
#define fuzz_fail(...) \
  G_STMT_START { \
    g_printerr (__VA_ARGS__); \
    g_printerr ("\n"); \
    abort (); \
  } G_STMT_END
