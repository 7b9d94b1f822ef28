/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A board as KiCad has it, read once and never changed, but for the colours of its modules.
 *
 * BwBoard is an atomically refcounted plain struct: any thread may read it. All that its fields
 * point to lives as long as the board, in its own arena. Coordinates are nanometres, angles
 * hundredths of a degree; see base/bw-geometry.h for the front frame and poses. Arcs and curves
 * are flattened to within BW_BOARD_CHORD_ERROR_NM.
 *
 * A placement is not part of the board: it is an array of `n_footprints` poses beside it, in
 * file order, that starts as each footprint's `pose`. */

#pragma once

#include <gio/gio.h>

#include "base/bw-geometry.h"

G_BEGIN_DECLS

#define BW_BOARD_CHORD_ERROR_NM 5000

typedef struct _BwBoard BwBoard;

/* What a graphic is for, as if its footprint lay on the front: a BW_LAYER_SILK graphic of a
 * footprint on the back is drawn on the back's silkscreen. Graphics of the board itself carry
 * their side in `side`. */
typedef enum
{
  BW_LAYER_COPPER,
  BW_LAYER_SILK,
  BW_LAYER_FAB,
  BW_LAYER_COURTYARD,
  BW_LAYER_EDGE,
  BW_LAYER_OTHER,
} BwLayer;

/* A polyline or polygon. One point: a dot of the given width. */
typedef struct
{
  const BwPoint *points;
  guint32 n_points;
  gint32 width_nm; /* of the stroke; 0: none or the thinnest visible */
  guint8 layer;    /* BwLayer */
  guint8 side;     /* BwSide: relative to the footprint (front frame), absolute on the board */
  guint8 closed;   /* the last point is joined to the first */
  guint8 filled;
  guint8 inner;    /* on inner copper: `side` tells nothing */
  gint32 net;      /* of copper that is the board's own; -1: none */
} BwGraphic;

typedef enum
{
  BW_TEXT_OTHER,
  BW_TEXT_REFERENCE,
  BW_TEXT_VALUE,
} BwTextRole;

/* A text that is shown. Its letters stand up from `at` in the direction that is `rotation_cdeg`
 * counter-clockwise of up. That of a footprint is in the front frame, and turns and mirrors with
 * it. A text in a box begins at the box's edge and is not wrapped to its width. */
typedef struct
{
  const char *text;      /* lines end in '\n'; ${REFERENCE} and ${VALUE} have their meanings */
  BwPoint at;
  gint32 height_nm;      /* of a capital letter */
  gint32 width_nm;       /* of a wide letter */
  gint32 stroke_nm;      /* of the pen */
  gint32 rotation_cdeg;
  gint8 align_x;         /* what of the text is at `at`: -1 its left, 0 its middle, 1 its right */
  gint8 align_y;         /* -1 its top, 0 its middle, 1 its bottom */
  guint8 layer;          /* BwLayer */
  guint8 side;           /* BwSide, as for a graphic */
  guint8 role;           /* BwTextRole */
  guint8 inner;          /* on inner copper, as for a graphic */
  guint8 mirrored;       /* its letters run against its direction */
  guint8 upright;        /* turned by 180 degrees where it would stand on its head */
} BwText;

/* Copper or a hole of a footprint. */
typedef struct
{
  const char *number;    /* "" where the file has none */
  gint32 net;            /* index into nets, -1: none */
  BwPoint at;            /* anchor, in the front frame; what HPWL measures to */
  BwRing outline;        /* the copper's (or bare hole's) shape, in the front frame */
  /* Of a custom pad that is more than one polygon: the strokes and areas, in the front frame, that
   * are its copper together; `outline` is the hull around them. Of others none. */
  const BwGraphic *copper;
  guint32 n_copper;
  gint32 drill_nm;       /* smaller diameter; 0: no hole */
  BwPoint slot;          /* from the hole's middle to that of one of its round ends, in the front
                          * frame; (0, 0) where the hole is round */
  guint8 sides;          /* bit BwSide: where it has copper; 3 for plated through holes */
  guint8 plated;
} BwPad;

/* Why the optimizer leaves a footprint alone unless told otherwise. */
typedef enum
{
  BW_HOLD_NONE,
  BW_HOLD_LOCKED,       /* locked, or in a locked group */
  BW_HOLD_NO_NETS,      /* fiducials, logos, bare holes */
  BW_HOLD_MOUNTING_HOLE, /* as the case has it, also where a net holds it to ground */
  BW_HOLD_BOARD_ONLY,   /* not in the schematic */
  BW_HOLD_AT_EDGE,      /* see bw-edge-holds.h */
  BW_HOLD_CARRIER,      /* the pins of a board that is a module itself: all others lie between */
} BwHold;

/* What a footprint is marked with. None of it but BW_HOLD_BOARD_ONLY keeps one from moving. */
typedef enum
{
  BW_FOOTPRINT_BOARD_ONLY = 1 << 0,
  BW_FOOTPRINT_NOT_FITTED = 1 << 1, /* “do not populate” */
  BW_FOOTPRINT_NOT_IN_BOM = 1 << 2,
  BW_FOOTPRINT_NOT_IN_POSITIONS = 1 << 3,
  BW_FOOTPRINT_NET_TIE = 1 << 4,    /* its pads join nets by their copper */
} BwFootprintFlags;

typedef struct
{
  const char *key;       /* unique: the reference, or REF#n (n from 0 in file order) */
  const char *reference; /* may be "" or a double */
  const char *value;
  const char *library_id;
  BwPose pose;           /* as in the file */
  /* What the rule file asks for this one; -1: what BwRules has holds. */
  gint32 courtyard_clearance_nm;
  gint32 edge_clearance_nm;
  gint32 module;         /* index into modules, -1: none */
  guint8 locked;         /* by itself or by its group */
  guint8 hold;           /* BwHold */
  guint8 through_hole;   /* a drilled pad: it blocks both sides */
  guint8 flags;          /* BwFootprintFlags */
  guint8 has_courtyard;  /* false: `body` is pads and fab drawing + 0.25 mm */
  gint32 line;           /* of its node in the file, from 1 */

  const BwPad *pads;
  guint32 n_pads;
  const BwGraphic *graphics; /* body graphics, in the front frame; no texts */
  guint32 n_graphics;
  const BwText *texts;
  guint32 n_texts;
  BwPoint label_at;          /* reference text, shown or not, in the front frame */

  /* What it takes up on each side while it lies on the front, as closed rings in the front
   * frame: the courtyard, grown round pads that it leaves out, or its stand-in. On the back the
   * two change places. */
  const BwRing *body[BW_N_SIDES];
  guint32 n_body[BW_N_SIDES];
  BwBox box;                 /* of both bodies, else of what is printed; in the front frame */

  /* What of it is seen and grasped: its front body, else its back one, else its box. Of a logo,
   * which takes up no room, it is the box. */
  const BwRing *silhouette;
  guint32 n_silhouette;
} BwFootprint;

/* It has a body: a logo has none, and lies under other parts. */
static inline gboolean
bw_footprint_takes_room (const BwFootprint *footprint)
{
  return footprint->n_body[BW_SIDE_FRONT] + footprint->n_body[BW_SIDE_BACK] > 0;
}

typedef struct
{
  guint32 footprint;
  guint32 pad;           /* index into that footprint's pads */
} BwPin;

typedef struct
{
  const char *name;
  const char *shown;     /* the name as people read it, see bw-shown-name.h */
  const BwPin *pins;     /* in file order */
  guint32 n_pins;
  guint32 n_tracks;      /* segments, arcs and vias of this net */
  guint32 net_class;     /* index into net_classes */
  guint8 power;          /* supply or ground, by name or by number of pins */
} BwNet;

/* Lengths are -1 where nothing tells them. */
typedef struct
{
  const char *name;
  gint32 clearance_nm;
  gint32 track_width_nm;
} BwNetClass;

/* What the project and the rule file beside the board ask for everywhere; -1 where they do not
 * tell. */
typedef struct
{
  gint32 clearance_nm;           /* between copper of two nets */
  gint32 edge_clearance_nm;      /* from copper to the board's edge */
  gint32 hole_clearance_nm;      /* from copper to a hole */
  gint32 hole_to_hole_nm;
  gint32 silk_clearance_nm;
  gint32 courtyard_clearance_nm; /* between courtyards */
  gint32 physical_clearance_nm;  /* between all that is there, whatever its net */
} BwRules;

/* What the rule file asks of two parts that it does not ask of either alone. */
typedef struct
{
  guint32 a;             /* footprints, a < b */
  guint32 b;
  gint32 courtyard_clearance_nm;
} BwPairRule;

/* A sheet of the schematic (or an atopile module of two parts or more): parts that belong
 * together. */
typedef struct
{
  const char *name;      /* as shown to people: last part of the sheet's path, or the address */
  guint8 inferred;       /* guessed from nets and values, where the file tells no modules */
  gint color;            /* an atomic; see bw_board_get_module_color() */
} BwModule;

typedef struct
{
  BwRing ring;
  guint8 hole;           /* a cut-out in the outline around it */
} BwOutline;

typedef struct
{
  BwRing ring;           /* absolute */
  guint8 sides;          /* bit BwSide: where no footprint may lie */
  gint32 footprint;      /* whose own it is, and moves with; -1: the board's */
} BwKeepout;

/* Where no pad of another part may lie: rule areas that bar pads, copper that is no pad (lines,
 * areas and texts of footprints and of the board; zones are poured around pads), and pads on a
 * side on which their footprint has no body. A hole reaches all layers. */
typedef struct
{
  BwRing ring;           /* in the front frame of its footprint, else absolute */
  gint32 footprint;      /* whose own it is, and moves with; -1: the board's */
  gint32 net;            /* pads of this net may; -1: none */
  guint8 sides;          /* bit BwSide, while its footprint lies on the front; 0: inner copper */
} BwPadKeepout;

typedef enum
{
  BW_BARS_TRACKS = 1 << 0,
  BW_BARS_VIAS = 1 << 1,
  BW_BARS_PADS = 1 << 2,
  BW_BARS_COPPER = 1 << 3,     /* that zones pour */
  BW_BARS_FOOTPRINTS = 1 << 4,
} BwBars;

/* Where something is not allowed; those that bar footprints are keepouts as well. For drawing. */
typedef struct
{
  const char *name;      /* may be "" */
  BwRing ring;           /* absolute */
  guint8 sides;          /* bit BwSide; 0: inner copper only */
  guint8 bars;           /* BwBars */
  gint32 footprint;      /* whose own it is, and moves with; -1: the board's */
} BwRuleArea;

typedef struct
{
  BwRing ring;           /* absolute; holes are cut in from its border, as KiCad writes them */
  guint8 sides;          /* bit BwSide; never 0: fills of inner copper are left out */
} BwZoneFill;

/* Copper that is poured around what lies in it. */
typedef struct
{
  gint32 net;
  gint32 footprint;      /* whose own it is, and moves with; -1: the board's */
  guint8 sides;          /* bit BwSide; 0: inner copper only */
  gboolean teardrop;     /* goes with the tracks of its net */
  const BwRing *outlines; /* absolute */
  guint32 n_outlines;
  const BwZoneFill *fills; /* as last poured; they are stale once a part has moved */
  guint32 n_fills;
} BwZone;

/* Where the parts of a sheet or of a component class are to lie. */
typedef struct
{
  const char *name;      /* may be "" */
  const char *source;    /* the sheet's name or the class */
  BwRing ring;           /* absolute */
  guint8 by_class;       /* `source` is a component class */
  guint8 by_group;       /* `source` is a group's name */
  guint8 sides;          /* bit BwSide */
  const guint32 *footprints; /* those that it is to hold, in file order */
  guint32 n_footprints;
} BwArea;

/* A track segment or arc, or a via (n_points = 1, sides that it comes out at). */
typedef struct
{
  const BwPoint *points;
  guint32 n_points;
  gint32 width_nm;
  gint32 net;
  gint32 drill_nm;       /* of a via; 0: not told */
  guint8 sides;          /* bit BwSide; 0: inner copper only */
} BwTrack;

/* Read access; everything is owned by the board. */
struct _BwBoard
{
  const char *name;      /* display name of the file it came from */
  gint32 version;        /* of the file format, such as 20241229 */
  guint64 hash;          /* of the file's bytes */
  gint32 thickness_nm;

  const BwFootprint *footprints;
  guint32 n_footprints;
  const BwNet *nets;     /* without the unconnected net */
  guint32 n_nets;
  const BwNetClass *net_classes; /* the first is the default one */
  guint32 n_net_classes;
  BwRules rules;
  const BwPairRule *pair_rules;
  guint32 n_pair_rules;
  const BwModule *modules;
  guint32 n_modules;
  const BwOutline *outlines; /* empty: the board has no closed outline */
  guint32 n_outlines;
  const BwKeepout *keepouts; /* those that bar footprints */
  guint32 n_keepouts;
  const BwPadKeepout *pad_keepouts;
  guint32 n_pad_keepouts;
  const BwZone *zones;
  guint32 n_zones;
  const BwArea *areas;
  guint32 n_areas;
  const BwRuleArea *rule_areas;
  guint32 n_rule_areas;
  const BwGraphic *graphics; /* of the board itself, edges included; absolute */
  guint32 n_graphics;
  const BwText *texts;   /* of the board itself, dimensions and tables included; absolute */
  guint32 n_texts;
  const BwTrack *tracks;
  guint32 n_tracks;
  BwBox box;             /* of the outline, else of all that is on the board */

  /* What the reader did not understand or had to guess, in words with FILE:LINE; NULL-terminated
   * and untranslated. Never NULL. */
  const char *const *notes;
};

#define BW_BOARD_ERROR (bw_board_error_quark ())
GQuark   bw_board_error_quark (void);

typedef enum
{
  BW_BOARD_ERROR_SYNTAX,      /* not an S-expression, or cut off */
  BW_BOARD_ERROR_NOT_A_BOARD, /* a schematic, a footprint, … */
  BW_BOARD_ERROR_VERSION,     /* older or newer than can be read */
  BW_BOARD_ERROR_CONTENT,     /* FILE:LINE: a fact that cannot be */
  BW_BOARD_ERROR_CHANGED,     /* the file on disk is not the one that was read */
  BW_BOARD_ERROR_GONE,        /* there is no file any more where it was read */
} BwBoardError;

BwBoard *bw_board_ref         (BwBoard      *board);
void     bw_board_unref       (BwBoard      *board);

/* The footprint with this key, or -1. Constant time. */
gint32   bw_board_find        (const BwBoard *board,
                               const char    *key);

/* A colour that somebody chose, 0xRRGGBB, has this as well; 0 is none. */
#define BW_COLOR_CHOSEN (1u << 24)

/* The colour that was chosen for a module; -1, no module, has none. It is for whoever draws, and
 * may change at any time. Any thread. */
guint32  bw_board_get_module_color (const BwBoard *board,
                                    gint32         module);
void     bw_board_set_module_color (BwBoard       *board,
                                    guint32        module,
                                    guint32        color);

/* The file's poses: a new array of n_footprints poses. */
BwPose  *bw_board_dup_poses   (const BwBoard *board);

/* Sum over nets with two pins or more of the half perimeter of the box of their pads' anchors,
 * mm. `poses` has n_footprints elements; NULL: the file's. */
double   bw_board_hpwl_mm     (const BwBoard *board,
                               const BwPose  *poses);

/* The same of each net (n_nets elements), and of each part the sum over the nets that it is on,
 * supplies left out (n_footprints elements). */
void     bw_board_measure_wires (const BwBoard *board,
                                 const BwPose  *poses,
                                 double        *net_mm_out,
                                 double        *part_mm_out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BwBoard, bw_board_unref)

G_END_DECLS
