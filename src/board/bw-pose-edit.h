/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a footprint's text becomes when it is moved, turned or put on the other side. */

#pragma once

#include "board/bw-board.h"
#include "board/bw-layer-table.h"
#include "board/bw-splice.h"

G_BEGIN_DECLS

typedef struct
{
  const BwSexpr *sexpr;
  const BwLayerTable *layers;
  BwSplice *splice;
  gint32 version;

  BwPose old_pose;
  BwPose new_pose;
  BwTransform old_transform;
  BwTransform new_transform;
  gboolean flip;
  gint64 turn_micro; /* added to what angles are after the flip, millionths of a degree */
} BwPoseEdit;

/* Adds the edits that take the footprint in list `node` from its old pose to its new one. */
void bw_pose_edit_footprint   (BwPoseEdit *self,
                               guint32     node);

/* The parts of a flip, in bw-flip-edit.c. */

/* Mirrors a drawing, or a pad's primitive, in its own frame. */
void bw_flip_edit_drawing     (BwPoseEdit *self,
                               guint32     node);
/* Mirrors what a pad has in it, apart from its place and net. */
void bw_flip_edit_pad         (BwPoseEdit *self,
                               guint32     node);
/* Puts (layer) or (layers) on the other side. */
void bw_flip_edit_layers      (BwPoseEdit *self,
                               guint32     list);
/* Has a text read from the other side. */
void bw_flip_edit_mirror      (BwPoseEdit *self,
                               guint32     node);
/* The layer of a text and the side that it is read from. */
void bw_flip_edit_text        (BwPoseEdit *self,
                               guint32     node);
/* The cursor's next item with the other sign. */
void bw_flip_edit_negate      (BwPoseEdit *self,
                               BwSexprCursor *cursor);

G_END_DECLS
