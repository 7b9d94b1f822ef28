/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How often the wires of different nets cross where each net is its shortest tree. */

#pragma once

#include "placer/bw-problem.h"

/* Wires of parts that all lie on one side cross none that are on the other alone. Wishes are no
 * wires. */
uint32_t crossings_count (const BwProblem *problem,
                          const BwPose    *poses);
