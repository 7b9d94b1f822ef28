/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A large board made of copies of small ones, to see how cost grows with size.
 *
 * Copies lie in a grid within one outline. Held parts stay in their cell; all others start in a
 * heap in the middle. Supplies are shared by all copies of a board; of the other nets, one of each
 * copy is joined with one of the copy before, so that the board does not fall apart. */

#pragma once

#include "placer/bw-problem.h"

typedef struct _Made Made;

/* Copies of the boards in turn, up to `n_parts` parts in all. The boards are not kept, what their
 * parts point to is. */
Made            *made_new     (const BwProblem *const *boards,
                               uint32_t                n_boards,
                               uint32_t                n_parts);
void             made_free    (Made                   *self);
const BwProblem *made_problem (const Made             *self);
