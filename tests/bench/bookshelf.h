/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Boards in the bookshelf format of placement benchmarks: NAME.nodes, .pl, .nets and .scl.
 *
 * One unit is 0.1 mm. Sides are fixed, all four rotations are allowed; the room is a box. */

#pragma once

#include <stdbool.h>

#include "placer/bw-problem.h"

typedef struct _Bookshelf Bookshelf;

/* `base`: DIR/NAME, or DIR when the files in it are named like it. Exits with a message when a
 * file cannot be read. */
Bookshelf       *bookshelf_load    (const char      *base);
void             bookshelf_free    (Bookshelf       *self);
const BwProblem *bookshelf_problem (const Bookshelf *self);

/* Writes the poses as a .pl file. */
void             bookshelf_write   (const Bookshelf *self,
                                    const BwPose    *poses,
                                    const char      *filename);
