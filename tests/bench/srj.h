/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A placed board as other people's routers take it: SimpleRouteJson, mm, y up. */

#pragma once

#include <stdio.h>

#include "board/bw-board.h"

/* One JSON object: two layers, ground left out as in maze.h, pads as the boxes round them. */
void srj_write (const BwBoard *board,
                const BwPose  *poses,
                FILE          *file);
