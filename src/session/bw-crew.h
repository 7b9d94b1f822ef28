/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Threads that step the chains of a placer beside the one that owns it. The result is the same
 * with any number of them. */

#pragma once

#include <glib.h>

#include "placer/bw-placer.h"

G_BEGIN_DECLS

/* As many chains as a run has, whatever machine it is on. */
#define BW_CREW_CHAINS 2

typedef struct _BwCrew BwCrew;

typedef enum
{
  BW_CREW_WAITED,  /* some milliseconds at most, for other chains: to be called again */
  BW_CREW_JOINED,  /* the chains were, and all threads rest: to be called again */
  BW_CREW_MOVED,   /* by an iteration */
  BW_CREW_ENDED,   /* the run did */
} BwCrewStep;

/* `placer` is kept, and has to outlive the crew. At most `n_threads` threads work at a time, that
 * of the caller among them; 0: as many as the machine has processors. */
BwCrew     *bw_crew_new  (BwPlacer *placer,
                          guint     n_threads);
void        bw_crew_free (BwCrew   *self);

/* An iteration of the placer's first chain. */
BwCrewStep  bw_crew_step (BwCrew   *self);

/* Waits until no thread is at work, which takes about one iteration; the next step sets them off
 * again. Before anything of the placer is changed. */
void        bw_crew_rest (BwCrew   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BwCrew, bw_crew_free)

G_END_DECLS
