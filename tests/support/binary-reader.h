/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads boardwalk.1 as viewer/PROTOCOL.md has it, for tests: written from that page, not from the
 * writer. Fails the test where a message is not whole. */

#pragma once

#include <glib.h>
#include <string.h>

typedef struct
{
  const guint8 *data;
  gsize length;
  gsize at;
} BinaryReader;

typedef struct
{
  gint32 x_nm;
  gint32 y_nm;
  guint16 rotation_cdeg;
  guint8 side;
} BinaryPose;

/* What a viewer knows. */
typedef struct
{
  guint8 op;
  guint8 flags;
  guint32 seq;
  guint32 base;
  guint32 n;
  guint64 time_us;
  guint32 epoch;
  guint32 iteration;
  guint32 overlaps;
  double hpwl_mm;
  guint8 phase;
  guint32 n_parts;
  BinaryPose *poses;
} BinaryState;

static inline guint64
binary_read (BinaryReader *self,
             guint         n_bytes)
{
  guint64 value = 0;

  g_assert_cmpuint (self->at + n_bytes, <=, self->length);
  for (guint i = 0; i < n_bytes; i++)
    value |= (guint64) self->data[self->at + i] << (8 * i);
  self->at += n_bytes;
  return value;
}

static inline double
binary_read_f64 (BinaryReader *self)
{
  guint64 bits = binary_read (self, 8);
  double value;

  memcpy (&value, &bits, sizeof value);
  return value;
}

static inline gint32
binary_sign (guint64 value,
             guint   bits)
{
  return (gint32) ((guint32) value << (32 - bits)) >> (32 - bits);
}

static inline void
binary_read_header (BinaryReader *in,
                    BinaryState  *state)
{
  state->op = (guint8) binary_read (in, 1);
  state->flags = (guint8) binary_read (in, 1);
  g_assert_cmpuint (binary_read (in, 2), ==, 0);
  state->seq = (guint32) binary_read (in, 4);
  state->base = (guint32) binary_read (in, 4);
  state->n = (guint32) binary_read (in, 4);
  state->time_us = binary_read (in, 8);
}

static inline void
binary_read_info (BinaryReader *in,
                  BinaryState  *state)
{
  state->epoch = (guint32) binary_read (in, 4);
  state->iteration = (guint32) binary_read (in, 4);
  binary_read (in, 4);
  state->overlaps = (guint32) binary_read (in, 4);
  binary_read (in, 8);
  binary_read_f64 (in);
  state->hpwl_mm = binary_read_f64 (in);
  state->phase = (guint8) binary_read (in, 1);
}

static inline void
binary_read_key (BinaryReader *in,
                 BinaryState  *state)
{
  binary_read_info (in, state);
  state->n_parts = state->n;
  state->poses = g_renew (BinaryPose, state->poses, state->n);
  for (guint32 i = 0; i < state->n; i++)
    {
      BinaryPose *pose = &state->poses[i];

      pose->x_nm = (gint32) binary_read (in, 4);
      pose->y_nm = (gint32) binary_read (in, 4);
      pose->rotation_cdeg = (guint16) binary_read (in, 2);
      pose->side = (guint8) binary_read (in, 1);
    }
}

static inline void
binary_read_delta (BinaryReader *in,
                   BinaryState  *state,
                   guint32       have)
{
  gint64 unit_nm = (state->flags & 16) != 0 ? 1 : 1000;
  guint32 part = 0;

  g_assert_cmpuint (state->base, ==, have);
  binary_read_info (in, state);
  for (guint32 i = 0; i < state->n; i++)
    {
      static const guint step_bits[] = { 8, 12, 16, 32 };
      guint8 control = (guint8) binary_read (in, 1);
      guint bits = step_bits[control & 3];
      guint32 gap = control >> 4;
      BinaryPose *pose;
      guint64 steps;

      if (gap == 15)
        {
          guint8 byte;

          for (guint shift = 0;; shift += 7)
            {
              byte = (guint8) binary_read (in, 1);
              gap += (guint32) (byte & 0x7f) << shift;
              if (byte < 0x80)
                break;
            }
        }
      part += gap;
      g_assert_cmpuint (part, <, state->n_parts);
      pose = &state->poses[part++];

      steps = binary_read (in, bits / 4);
      pose->x_nm = (gint32) (pose->x_nm + binary_sign (steps, bits) * unit_nm);
      pose->y_nm = (gint32) (pose->y_nm + binary_sign (steps >> bits, bits) * unit_nm);
      if ((control & 4) != 0)
        pose->rotation_cdeg = (guint16) binary_read (in, 2);
      if ((control & 8) != 0)
        pose->side ^= 1;
    }
}

/* One whole message. Only KEY and DELTA are read beyond the header. */
static inline void
binary_apply (BinaryState  *state,
              const guint8 *data,
              gsize         length)
{
  BinaryReader in = { data, length, 0 };
  guint32 have = state->seq;

  binary_read_header (&in, state);
  if (state->op == 3)
    binary_read_key (&in, state);
  else if (state->op == 4)
    binary_read_delta (&in, state, have);
  else
    {
      state->seq = have;
      return;
    }
  g_assert_cmpuint (in.at, ==, length);
}
