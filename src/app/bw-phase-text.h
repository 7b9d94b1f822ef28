/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A phase of a run in words, in the user's language. */

#pragma once

#include <glib.h>

#include "placer/bw-placer.h"

G_BEGIN_DECLS

const char *bw_phase_text (BwPhase phase);

G_END_DECLS
