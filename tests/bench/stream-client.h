/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Many viewers of one stream in one thread: reads all they are sent, acknowledges frames, and
 * counts. Loopback alone, bounded in number and time. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LOAD_MAX_VIEWERS 5000
#define LOAD_MAX_SECONDS 60.0
#define LOAD_CONNECT_SECONDS 30 /* for all of them */
#define LOAD_N_AGES 20000 /* classes of 0.1 ms */

typedef enum
{
  LOAD_JSON,
  LOAD_BINARY,
  LOAD_DEFLATE, /* JSON that is compressed: frames are counted, not read */
} LoadDialect;

typedef struct
{
  guint16 port;
  const char *path;
  const char *token; /* nullable */
  LoadDialect dialect;
  guint n_viewers;
  double warm_up_s;
  double measure_s;
  void (*ready) (void); /* nullable: all are connected, and the measurement begins */
  void (*done) (void);  /* nullable: it has ended, all are still connected */
} LoadPlan;

typedef struct
{
  guint n_connected;
  guint64 n_frames;
  guint64 n_bytes;
  guint64 n_lost;     /* viewers that the server let go */
  double seconds;
  guint64 ages[LOAD_N_AGES];
  guint64 n_ages;
  guint64 fewest;     /* frames of the viewer that got the fewest */
} LoadResult;

/* With those that can connect: see `n_connected`. FALSE where that is none. */
gboolean load_run        (const LoadPlan   *plan,
                          LoadResult       *result);

/* The age in ms that `share` of the frames do not exceed; -1 where none is known. */
double   load_percentile (const LoadResult *result,
                          double            share);

G_END_DECLS
