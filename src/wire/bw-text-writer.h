/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Writes JSON text: locale independent, numbers in fixed point, never NaN or infinity.
 *
 * A value that appends to a GString of the caller's. It places the commas; that names and values
 * alternate is the caller's business. Nothing can fail. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Larger magnitudes, and infinities, are written as this. */
#define BW_TEXT_WRITER_MAX 1e15

typedef struct
{
  GString *text; /* not owned */
  gboolean comma; /* a value stands before the place where the next one goes */
} BwTextWriter;

BwTextWriter bw_text_writer_on            (GString      *text);

void         bw_text_writer_begin_object  (BwTextWriter *self);
void         bw_text_writer_end_object    (BwTextWriter *self);
void         bw_text_writer_begin_array   (BwTextWriter *self);
void         bw_text_writer_end_array     (BwTextWriter *self);

/* The name of the next member of an object. */
void         bw_text_writer_name          (BwTextWriter *self,
                                           const char   *name);

/* `value` is meant to be UTF-8; each byte that is not is written as U+FFFD. NULL is "". */
void         bw_text_writer_string        (BwTextWriter *self,
                                           const char   *value);
void         bw_text_writer_boolean       (BwTextWriter *self,
                                           gboolean      value);
void         bw_text_writer_integer       (BwTextWriter *self,
                                           gint64        value);

/* `value` / 1000: one decimal at least, three at most, as in 12.0, -0.125. */
void         bw_text_writer_thousandths   (BwTextWriter *self,
                                           gint64        value);

/* Rounded to thousandths, half away from zero; NaN is 0.0. */
void         bw_text_writer_number        (BwTextWriter *self,
                                           double        value);

/* Nanometres as millimetres, rounded to a micrometre, half away from zero. */
void         bw_text_writer_nm_as_mm      (BwTextWriter *self,
                                           gint64        value_nm);

/* Text that is JSON already: a whole value. */
void         bw_text_writer_raw           (BwTextWriter *self,
                                           const char   *json,
                                           gsize         length);

G_END_DECLS
