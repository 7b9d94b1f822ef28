/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the parts of the board reader share: where they are in the file, what they found wrong,
 * and scratch space.
 *
 * Once bw_reader_fail() was called, everything else still may be called and gives harmless
 * values; the first failure is what the caller gets. */

#pragma once

#include "board/bw-board-private.h"
#include "board/bw-chain.h"
#include "board/bw-layer-table.h"
#include "board/bw-net-table.h"
#include "board/bw-sexpr.h"

G_BEGIN_DECLS

/* All that makes the outline of a pad, but for where it lies. No gaps: it is compared bytewise. */
typedef struct
{
  gint32 width_nm;
  gint32 height_nm;
  BwPoint offset;
  gint32 delta_x_nm;    /* of a trapezoid */
  gint32 delta_y_nm;
  gint32 turn_cdeg;     /* against its footprint */
  guint32 chamfers;     /* corners that are cut */
  double chord_error_nm;
  double round_ratio;
  double chamfer_ratio;
  char kind[16];
} BwPadShape;

/* A zone that a rule may call by its name. */
typedef struct
{
  const char *name;
  BwRing ring;
  guint8 sides;
} BwNamedZone;

/* An area or a stroke of a custom pad. */
typedef struct
{
  guint first_point;
  guint n_points;
  gint32 width_nm;
  gboolean closed;
  gboolean filled;
} BwPadPiece;

typedef struct
{
  const char *name; /* of the file, for messages */
  const BwSexpr *sexpr;
  GBytes *project;       /* of the .kicad_pro file beside the board, or NULL */
  GBytes *rules;         /* of the .kicad_dru file, or NULL */
  GBytes *settings;      /* of the .boardwalk.json file, or NULL */
  BwBoardPrivate *board;
  BwArena *arena;
  BwLayerTable *layers;
  BwNetTable *nets;
  BwChain *edges;        /* Edge.Cuts of board and footprints, absolute */
  GHashTable *locked;    /* lists of footprints in locked groups */
  GPtrArray *notes;
  guint n_notes_left_out;
  GError *error;

  GArray *points;        /* BwPoint; scratch for one shape at a time */
  BwPadShape pad_shape;  /* of the last pad, and its outline: often the next has the same */
  GArray *pad_outline;   /* BwPoint, about the pad's position */
  GArray *pad_pieces;    /* BwPadPiece; of one custom pad */
  GArray *pad_points;    /* BwPoint; of its pieces */
  GArray *graphics;      /* BwGraphic; scratch for one footprint, then for the board */
  GArray *texts;         /* BwText; likewise */
  GArray *keepouts;      /* BwKeepout */
  GArray *rule_areas;    /* BwRuleArea */
  GArray *zones;         /* BwZone */
  GArray *areas;         /* BwArea */
  GArray *pair_rules;    /* BwPairRule */
  GArray *named_zones;   /* BwNamedZone; of the board, for its rule file */
  GHashTable *modules;   /* what names a module in the file → index + 1 */
  GPtrArray *module_names;
  GPtrArray *addresses;  /* of each footprint, from atopile; "": none */
  gsize n_points;        /* flattened so far */
  gsize n_points_planned; /* from there on curves are drawn coarsely */
  GHashTable *unknown;   /* words already noted as not understood */
} BwReader;

void        bw_reader_fail         (BwReader      *self,
                                    guint32        offset,
                                    const char    *format,
                                    ...) G_GNUC_PRINTF (3, 4);
void        bw_reader_note         (BwReader      *self,
                                    guint32        offset,
                                    const char    *format,
                                    ...) G_GNUC_PRINTF (3, 4);
/* A note that names its own file and line; takes `note`. */
void        bw_reader_note_text    (BwReader      *self,
                                    char          *note);
/* A note on a file beside the board, about what is at this byte of its text. */
void        bw_reader_note_beside  (BwReader      *self,
                                    const char    *extension,
                                    const char    *text,
                                    gsize          offset,
                                    const char    *format,
                                    ...) G_GNUC_PRINTF (5, 6);
/* What messages call the file beside the board: "x.kicad_pro" beside "x.kicad_pcb". */
char       *bw_reader_name_beside  (const BwReader *self,
                                    const char    *extension);
/* Notes, once for each word, that lists of this kind are not understood. */
void        bw_reader_note_unknown (BwReader      *self,
                                    guint32        node);

/* The cursor's next item as a number times 10^6: nanometres from mm. */
gint64      bw_reader_micro        (BwReader      *self,
                                    BwSexprCursor *cursor);
/* The same, within the coordinate range. */
gint32      bw_reader_length       (BwReader      *self,
                                    BwSexprCursor *cursor);
/* An angle in degrees, as hundredths, not normalized; 0 where the list has no more items. */
gint32      bw_reader_angle        (BwReader      *self,
                                    BwSexprCursor *cursor);
/* Two numbers at the start of a list. */
BwPoint     bw_reader_point        (BwReader      *self,
                                    guint32        node);
/* The point in the first list of this kind inside `node`. FALSE: there is none. */
gboolean    bw_reader_find_point   (BwReader      *self,
                                    guint32        node,
                                    BwKeyword      keyword,
                                    BwPoint       *point_out);
/* The only number of the first list of this kind inside `node`, in nanometres. */
gint32      bw_reader_find_length  (BwReader      *self,
                                    guint32        node,
                                    BwKeyword      keyword,
                                    gint32         otherwise);

/* The cursor's current atom or string: unescaped, valid UTF-8, in the board's arena. */
const char *bw_reader_string       (BwReader            *self,
                                    const BwSexprCursor *cursor);
/* Takes the slash off that a sheet's path may or may not end in. */
void        bw_reader_trim_sheet   (char                *path);
/* (word), (word yes) or (word true), but not (word no). */
gboolean    bw_reader_flag         (const BwReader      *self,
                                    guint32              node);

/* How finely curves are to be flattened: coarser for a file that is all huge circles, so that
 * memory stays in proportion to the file. */
double      bw_reader_chord_error  (BwReader      *self);
void        bw_reader_add_point    (BwReader      *self,
                                    BwPoint        point);
/* Copies the scratch points into the arena. */
BwRing      bw_reader_keep_ring    (BwReader      *self);

G_END_DECLS
