/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The binary messages of the dialect boardwalk.1 (viewer/PROTOCOL.md), from us to a viewer. No
 * sockets. KEY and DELTA are in bw-picture.h.
 *
 * All functions append one whole message to a GByteArray. */

#pragma once

#include "board/bw-board.h"
#include "session/bw-frame.h"
#include "session/bw-run-log.h"

G_BEGIN_DECLS

#define BW_BINARY_VERSION 1
#define BW_BINARY_HEADER_BYTES 24

typedef enum
{
  BW_OP_HELLO = 1,
  BW_OP_BOARD = 2,
  BW_OP_KEY = 3,
  BW_OP_DELTA = 4,
  BW_OP_STATE = 5,
  BW_OP_FORCES = 6,
  BW_OP_METRICS = 7,
  BW_OP_EVENT = 8,
  BW_OP_PRESENCE = 9,
  BW_OP_STRAYS = 10,
  BW_OP_COLORS = 11,
  BW_OP_COPPER = 12,
  BW_OP_CLASHES = 13,
  BW_OP_BARRED = 14,
  BW_OP_ACK = 129, /* from a viewer */
} BwOp;

typedef enum
{
  BW_FLAG_ACK_WANTED = 1,
  BW_FLAG_FINAL = 2,
  BW_FLAG_REPLAY = 4,
  BW_FLAG_EXACT = 8,        /* coordinates are those of the run, else rounded to micrometres */
  BW_FLAG_NANOMETRES = 16,  /* the unit of a DELTA's steps, else micrometres */
  BW_FLAG_WHOLE = 32,       /* PRESENCE, STATE: all, else what has changed */
} BwMessageFlags;

/* From this bit on the flags of KEY and DELTA are a BwTracks. */
#define BW_FLAGS_TRACKS_SHIFT 6

typedef struct
{
  guint8 op;
  guint8 flags;
  guint32 seq;
  guint32 base;
  guint32 n;
  gint64 time_us; /* UTC, since 1970 */
} BwBinaryHeader;

typedef struct
{
  guint8 role;   /* as in PROTOCOL.md */
  guint8 state;  /* BwRunState */
  gboolean stop_requested;
  gboolean resumed; /* what the viewer has is still good: a DELTA follows */
  float fps;
  guint32 you;   /* the viewer's number among those who are there */
  guint32 epoch;
  guint64 instance;
  const char *id;
  const char *title;
  const BwBoard *parts; /* nullable: without the table of parts */
} BwBinaryHello;

/* What of somebody is told. */
typedef enum
{
  BW_PERSON_GONE = 1,
  BW_PERSON_WHO = 2,       /* role, hue, name */
  BW_PERSON_CURSOR = 4,
  BW_PERSON_NO_CURSOR = 8,
  BW_PERSON_SELECTION = 16,
  BW_PERSON_GRABBED = 32,
} BwPersonFields;

typedef struct
{
  guint32 number;
  guint8 fields; /* BwPersonFields */
  guint8 role;
  guint8 hue;    /* 0 to 255, around the circle of colours */
  const char *name;
  gint32 cursor_x_nm;
  gint32 cursor_y_nm;
  const guint32 *selection; /* board indexes */
  guint16 n_selected;
  const guint32 *grabbed;   /* parts that it drags */
  guint16 n_grabbed;
} BwPerson;

void bw_binary_header   (const BwBinaryHeader  *header,
                         GByteArray            *out);
void bw_binary_hello    (const BwBinaryHello   *hello,
                         gint64                 time_us,
                         GByteArray            *out);

/* `hash` and `size` are those of the geometry that GET /s/ID/board gives. */
void bw_binary_board    (guint64                hash,
                         guint32                size,
                         guint32                n_parts,
                         GByteArray            *out);

/* Nothing is appended where the frame carries no forces. */
void bw_binary_forces   (const BwFrame         *frame,
                         guint32                seq,
                         GByteArray            *out);

/* Nothing is appended where no part is outside, or nobody told which. */
void bw_binary_strays   (const BwFrame         *frame,
                         guint32                seq,
                         GByteArray            *out);

/* Held parts that overlap others which are; nothing is appended where there are none. */
void bw_binary_clashes  (const BwFrame         *frame,
                         guint32                seq,
                         GByteArray            *out);

/* Parts in conflict by a keepout or pad alone; nothing is appended where there are none. */
void bw_binary_barred   (const BwFrame         *frame,
                         guint32                seq,
                         GByteArray            *out);

/* Nothing is appended where a save with the parts as in the frame takes out no tracks but those of
 * nets of parts that moved. */
void bw_binary_copper   (const BwBoard         *board,
                         const BwFrame         *frame,
                         guint32                seq,
                         GByteArray            *out);

/* Those that are chosen for the board's modules now. */
void bw_binary_colors   (const BwBoard         *board,
                         GByteArray            *out);

/* `entries` are of kind BW_LOG_METRICS; nothing is appended for none. */
void bw_binary_metrics  (BwLogEntry *const     *entries,
                         guint                  n_entries,
                         GByteArray            *out);

/* Which parts stay where they are: what differs from `before`, or, where that is NULL, all that
 * do. Nothing is appended where nothing differs. */
void bw_binary_state    (const guint8          *held,
                         const guint8          *before,
                         guint32                n_parts,
                         GByteArray            *out);

/* A status, a state, or a command, which `who` (nullable) gave. */
void bw_binary_event    (const BwLogEntry      *entry,
                         const char            *who,
                         GByteArray            *out);

/* `flags`: BW_FLAG_WHOLE or 0. */
void bw_binary_presence (const BwPerson        *people,
                         guint                  n_people,
                         guint8                 flags,
                         GByteArray            *out);

G_END_DECLS
