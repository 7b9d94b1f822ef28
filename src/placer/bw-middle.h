/* SPDX-License-Identifier: GPL-3.0-or-later */

/* On a board with much more room than its parts take, the wires say how they lie to each other, but
 * not where: at chance's place, often in a corner. They belong in the middle, as far as nothing is
 * lost by it: connectors stay at their edge, and what is held keeps what belongs to it. */

#pragma once

#include "placer/bw-scene.h"

/* Moves all parts that may move by the same way towards the middle of the room. All of them have
 * to be in, at free places, and are so after it, with wires and wishes as good as before. Boards of
 * more than 2000 parts, which would take too long, stay as they are. */
void bw_middle_go (BwScene *scene);
