/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The order that people expect of names with numbers in them: R2 before R10. Allocates nothing. */

#pragma once

/* Below, at or above 0 as `a` comes before, is, or comes after `b`. Runs of digits count by their
 * value, letters of ASCII whichever their case; what differs in neither comes by its bytes, so
 * that only equal texts give 0. */
int bw_natural_compare (const char *a,
                        const char *b);
