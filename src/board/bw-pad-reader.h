/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pads with their true shapes. */

#pragma once

#include "board/bw-reader.h"

G_BEGIN_DECLS

/* Reads a (pad) list of a footprint that lies at `pose`; `reference` is for messages. */
BwPad  bw_reader_pad (BwReader     *self,
                      guint32       node,
                      const BwPose *pose,
                      const char   *reference);

/* The net that a (net) list names, whatever the version; -1: none. */
gint32 bw_reader_net (BwReader     *self,
                      guint32       node);

G_END_DECLS
