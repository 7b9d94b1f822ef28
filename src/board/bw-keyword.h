/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The words that open a list in a .kicad_pcb file, as numbers. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* First those that mean something to a reader or a saver here, then those that are known and
 * left alone: a word in neither list is worth a note. */
#define BW_KEYWORDS(K) \
  K (ADD_NET, add_net) K (ANCHOR, anchor) K (ANGLE, angle) K (ARC, arc) K (AT, at) K (ATTR, attr) \
  K (BARCODE, barcode) K (BORDER, border) K (CENTER, center) K (CHAMFER, chamfer) \
  K (CHAMFER_RATIO, chamfer_ratio) K (CLEARANCE, clearance) K (COMPONENT_CLASS, component_class) \
  K (COMPONENT_CLASSES, component_classes) K (COPPERPOUR, copperpour) K (DIMENSION, dimension) \
  K (DRILL, drill) K (EFFECTS, effects) K (ENABLED, enabled) K (END, end) K (FILL, fill) \
  K (FILLED_POLYGON, filled_polygon) K (FILL_SEGMENTS, fill_segments) K (FONT, font) \
  K (FOOTPRINT, footprint) K (FOOTPRINTS, footprints) K (FP_ARC, fp_arc) K (FP_CIRCLE, fp_circle) \
  K (FP_CURVE, fp_curve) K (FP_LINE, fp_line) K (FP_POLY, fp_poly) K (FP_RECT, fp_rect) \
  K (FP_TEXT, fp_text) K (FP_TEXT_BOX, fp_text_box) K (GENERAL, general) K (GROUP, group) \
  K (GR_ARC, gr_arc) K (GR_BBOX, gr_bbox) K (GR_CIRCLE, gr_circle) K (GR_CURVE, gr_curve) \
  K (GR_LINE, gr_line) K (GR_POLY, gr_poly) K (GR_RECT, gr_rect) K (GR_TEXT, gr_text) \
  K (GR_TEXT_BOX, gr_text_box) K (GR_VECTOR, gr_vector) K (HEIGHT, height) K (HIDE, hide) \
  K (ID, id) K (IMAGE, image) K (JUSTIFY, justify) K (KEEPOUT, keepout) K (KICAD_PCB, kicad_pcb) \
  K (LAYER, layer) K (LAYERS, layers) K (LOCKED, locked) K (MEMBERS, members) K (MID, mid) \
  K (MODULE, module) K (NAME, name) K (NET, net) K (NET_CLASS, net_class) K (OFFSET, offset) \
  K (OPTIONS, options) K (ORIENTATION, orientation) K (PAD, pad) K (PADS, pads) K (PATH, path) \
  K (PLACEMENT, placement) K (POINT, point) K (POLYGON, polygon) K (PRIMITIVES, primitives) \
  K (PROPERTY, property) K (PTS, pts) K (RADIUS, radius) K (RECT_DELTA, rect_delta) \
  K (RENDER_CACHE, render_cache) K (ROUNDRECT_RRATIO, roundrect_rratio) K (SEGMENT, segment) \
  K (SHEETNAME, sheetname) K (SIZE, size) K (START, start) K (STROKE, stroke) K (STYLE, style) \
  K (TABLE, table) K (TABLE_CELL, table_cell) K (TABLE_CELLS, cells) K (TARGET, target) \
  K (THICKNESS, thickness) K (TRACE_WIDTH, trace_width) K (TRACKS, tracks) K (TSTAMP, tstamp) \
  K (UNLOCKED, unlocked) K (UUID, uuid) K (VERSION, version) K (VIA, via) K (VIAS, vias) \
  K (WIDTH, width) K (XY, xy) K (ZONE, zone)

#define BW_KEYWORDS_LEFT_ALONE(K) \
  K (AUTOPLACE_COST180, autoplace_cost180) K (AUTOPLACE_COST90, autoplace_cost90) \
  K (DESCR, descr) \
  K (DNP, dnp) K (DUPLICATES, duplicate_pad_numbers_are_jumpers) \
  K (EMBEDDED_FILES, embedded_files) K (EMBEDDED_FONTS, embedded_fonts) \
  K (FP_TYPE, fp_type) K (GENERATED, generated) K (GENERATOR, generator) \
  K (GENERATOR_VERSION, generator_version) K (HOST, host) K (JUMPER_PAD_GROUPS, jumper_pad_groups) \
  K (MODEL, model) K (NET_TIE_PAD_GROUPS, net_tie_pad_groups) \
  K (PAGE, page) K (PAPER, paper) K (PRIVATE_LAYERS, private_layers) \
  K (SETUP, setup) K (SHEETFILE, sheetfile) K (SOLDER_MASK_MARGIN, solder_mask_margin) \
  K (SOLDER_PASTE_MARGIN, solder_paste_margin) K (SOLDER_PASTE_RATIO, solder_paste_ratio) \
  K (SOLDER_PASTE_MARGIN_RATIO, solder_paste_margin_ratio) K (STACKUP, stackup) \
  K (TAGS, tags) K (TEDIT, tedit) K (THERMAL_GAP, thermal_gap) K (THERMAL_WIDTH, thermal_width) \
  K (TITLE_BLOCK, title_block) K (UNITS, units) K (VARIANT, variant) K (VARIANTS, variants) \
  K (ZONE_CONNECT, zone_connect)

#define BW_KEYWORD_ENUM(name, word) BW_KEYWORD_##name,
typedef enum
{
  BW_KEYWORD_UNKNOWN,
  BW_KEYWORDS (BW_KEYWORD_ENUM)
  BW_KEYWORD_LEFT_ALONE,
  BW_KEYWORDS_LEFT_ALONE (BW_KEYWORD_ENUM)
  BW_N_KEYWORDS,
} BwKeyword;
#undef BW_KEYWORD_ENUM

/* How many bytes it is spelled with. */
guint     bw_keyword_length (BwKeyword keyword);

/* The keyword that is spelled by `length` bytes at `word`. Constant time. */
BwKeyword bw_keyword_find (const char *word,
                           gsize       length);

G_END_DECLS
