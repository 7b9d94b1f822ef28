/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wire/bw-picture.h"

#include "wire/bw-binary-dialect.h"
#include "wire/bw-le.h"

#define NM_PER_UM 1000
#define KEY_PART_BYTES 11
/* Control, a gap of five bytes, two steps of four, a rotation. */
#define DELTA_PART_BYTES_MAX 16

#define RECORD_ROTATED 4
#define RECORD_FLIPPED 8
#define RECORD_GAP_SHIFT 4
#define RECORD_GAP_MAX 15

static gint32
round_to_um (gint32 value_nm)
{
  gint64 half = value_nm < 0 ? -NM_PER_UM / 2 : NM_PER_UM / 2;

  return (gint32) ((value_nm + half) / NM_PER_UM * NM_PER_UM);
}

BwPicture *
bw_picture_new (const BwFrame *frame)
{
  BwPicture *self = g_malloc (sizeof *self + sizeof *self->poses * frame->n_footprints);

  *self = (BwPicture) {
    .seq = (guint32) (frame->index + 1),
    .final = frame->final,
    .exact = frame->final || frame->phase == BW_PHASE_INITIAL,
    .time_us = frame->time_us,
    .epoch = frame->epoch,
    .iteration = frame->iteration,
    .budget = frame->budget,
    .overlaps = frame->overlaps,
    .outside = frame->outside,
    .locked_conflicts = frame->locked_conflicts,
    .energy = frame->energy,
    .hpwl_mm = frame->hpwl_mm,
    .phase = frame->phase,
    .tracks = frame->tracks,
    .n_parts = frame->n_footprints,
  };
  g_ref_count_init (&self->ref_count);
  for (guint32 i = 0; i < self->n_parts; i++)
    {
      const BwPose *pose = &frame->poses[i];

      self->poses[i] = (BwPicturePose) {
        .x_nm = self->exact ? pose->at.x_nm : round_to_um (pose->at.x_nm),
        .y_nm = self->exact ? pose->at.y_nm : round_to_um (pose->at.y_nm),
        .rotation_cdeg = (guint16) pose->rotation_cdeg,
        .side = (guint8) pose->side,
      };
    }
  return self;
}

BwPicture *
bw_picture_ref (BwPicture *self)
{
  g_ref_count_inc (&self->ref_count);
  return self;
}

void
bw_picture_unref (BwPicture *self)
{
  if (g_ref_count_dec (&self->ref_count))
    g_free (self);
}

static void
write_head (const BwPicture *self,
            BwOp             op,
            guint8           flags,
            guint32          base,
            guint32          n,
            GByteArray      *out)
{
  if (self->final)
    flags |= BW_FLAG_FINAL;
  if (self->exact)
    flags |= BW_FLAG_EXACT;
  flags |= (guint8) (self->tracks << BW_FLAGS_TRACKS_SHIFT);

  bw_binary_header (&(BwBinaryHeader) { .op = (guint8) op,
                                        .flags = flags,
                                        .seq = self->seq,
                                        .base = base,
                                        .n = n,
                                        .time_us = self->time_us }, out);
  bw_le_u32 (out, self->epoch);
  bw_le_u32 (out, self->iteration);
  bw_le_u32 (out, self->budget);
  bw_le_u32 (out, self->overlaps);
  bw_le_u32 (out, self->outside);
  bw_le_u32 (out, self->locked_conflicts);
  bw_le_f64 (out, self->energy);
  bw_le_f64 (out, self->hpwl_mm);
  bw_le_u8 (out, (guint8) self->phase);
}

/* Room for `length` bytes at the end, of which less may be used in the end. */
static guint8 *
grow (GByteArray *out,
      gsize       length)
{
  guint old = out->len;

  g_byte_array_set_size (out, (guint) (old + length));
  return out->data + old;
}

static guint8 *
put16 (guint8 *at,
       guint32 value)
{
  at[0] = (guint8) value;
  at[1] = (guint8) (value >> 8);
  return at + 2;
}

static guint8 *
put32 (guint8 *at,
       guint32 value)
{
  return put16 (put16 (at, value), value >> 16);
}

void
bw_picture_write_key (const BwPicture *self,
                      guint8           flags,
                      GByteArray      *out)
{
  guint8 *at;

  write_head (self, BW_OP_KEY, flags, 0, self->n_parts, out);
  at = grow (out, (gsize) self->n_parts * KEY_PART_BYTES);
  for (guint32 i = 0; i < self->n_parts; i++)
    {
      const BwPicturePose *pose = &self->poses[i];

      at = put32 (at, (guint32) pose->x_nm);
      at = put32 (at, (guint32) pose->y_nm);
      at = put16 (at, pose->rotation_cdeg);
      *at++ = pose->side;
    }
}

static guint8
size_class (gint64 dx,
            gint64 dy)
{
  gint64 largest = MAX (dx < 0 ? ~dx : dx, dy < 0 ? ~dy : dy);

  return largest < 0x80 ? 0 : largest < 0x800 ? 1 : largest < 0x8000 ? 2 : 3;
}

static guint8 *
put_steps (guint8 *at,
           guint8  class,
           guint32 dx,
           guint32 dy)
{
  switch (class)
    {
    case 0:
      *at++ = (guint8) dx;
      *at++ = (guint8) dy;
      return at;
    case 1:
      *at++ = (guint8) dx;
      *at++ = (guint8) ((dx >> 8 & 0xf) | (dy << 4 & 0xf0));
      *at++ = (guint8) (dy >> 4);
      return at;
    case 2:
      return put16 (put16 (at, dx), dy);
    default:
      return put32 (put32 (at, dx), dy);
    }
}

static guint8 *
put_gap (guint8 *at,
         guint32 gap)
{
  for (; gap >= 0x80; gap >>= 7)
    *at++ = (guint8) (gap | 0x80);
  *at++ = (guint8) gap;
  return at;
}

static guint8 *
put_record (guint8              *at,
            guint32              gap,
            const BwPicturePose *pose,
            const BwPicturePose *old,
            gint32               unit_nm)
{
  /* A step may be larger than 32 bits hold; it is added modulo 2^32. */
  gint64 dx = ((gint64) pose->x_nm - old->x_nm) / unit_nm;
  gint64 dy = ((gint64) pose->y_nm - old->y_nm) / unit_nm;
  guint8 class = size_class (dx, dy);
  gboolean rotated = pose->rotation_cdeg != old->rotation_cdeg;

  *at++ = (guint8) (class | (rotated ? RECORD_ROTATED : 0)
                    | (pose->side != old->side ? RECORD_FLIPPED : 0)
                    | MIN (gap, RECORD_GAP_MAX) << RECORD_GAP_SHIFT);
  if (gap >= RECORD_GAP_MAX)
    at = put_gap (at, gap - RECORD_GAP_MAX);
  at = put_steps (at, class, (guint32) dx, (guint32) dy);
  if (rotated)
    at = put16 (at, pose->rotation_cdeg);
  return at;
}

static gboolean
same_pose (const BwPicturePose *a,
           const BwPicturePose *b)
{
  return a->x_nm == b->x_nm && a->y_nm == b->y_nm && a->rotation_cdeg == b->rotation_cdeg
         && a->side == b->side;
}

void
bw_picture_write_delta (const BwPicture *self,
                        const BwPicture *base,
                        guint8           flags,
                        GByteArray      *out)
{
  gboolean fine = self->exact || base->exact;
  guint start = out->len;
  guint32 n = 0;
  guint32 gap = 0;
  guint8 *at;

  g_return_if_fail (self->n_parts == base->n_parts);

  write_head (self, BW_OP_DELTA, flags | (fine ? BW_FLAG_NANOMETRES : 0), base->seq, 0, out);
  at = grow (out, (gsize) self->n_parts * DELTA_PART_BYTES_MAX);
  for (guint32 i = 0; i < self->n_parts; i++)
    {
      if (same_pose (&self->poses[i], &base->poses[i]))
        {
          gap++;
          continue;
        }

      at = put_record (at, gap, &self->poses[i], &base->poses[i], fine ? 1 : NM_PER_UM);
      gap = 0;
      n++;
    }

  put32 (out->data + start + 12, n);
  g_byte_array_set_size (out, (guint) (at - out->data));
}
