/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a server has done since its start. Counted in its thread alone. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  BW_DIALECT_JSON,
  BW_DIALECT_BINARY,
} BwDialect;

#define BW_N_DIALECTS 2

/* The ages of frames that are acknowledged: upper ends of the classes in milliseconds; one more
 * class has all above. */
#define BW_AGE_CLASSES_MS { 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000 }
#define BW_N_AGE_CLASSES 12

/* Why somebody was sent away. */
typedef enum
{
  BW_DENIAL_HOST,      /* Host is missing, double, or not ours */
  BW_DENIAL_ORIGIN,
  BW_DENIAL_TOKEN,     /* none, or a wrong one */
  BW_DENIAL_GUESSING,  /* too many wrong tokens from an address */
  BW_DENIAL_DIALECT,
  BW_DENIAL_FULL,      /* too many viewers */
  BW_DENIAL_ADDRESS,   /* too many connections of an address */
  BW_DENIAL_REQUEST,   /* method, body, size of the headers */
  BW_DENIAL_HANDSHAKE, /* took too long */
  BW_DENIAL_PROTOCOL,  /* a message that breaks the rules */
  BW_DENIAL_COMMANDS,  /* too many commands */
  BW_DENIAL_STALLED,   /* took no byte for too long, or let messages pile up */
} BwDenial;

#define BW_N_DENIALS 12

typedef struct
{
  guint64 frames_sent[BW_N_DIALECTS];
  guint64 frames_skipped[BW_N_DIALECTS]; /* a newer one took its place in a viewer's slot */
  guint64 bytes_sent[BW_N_DIALECTS];
  guint64 bytes_received;
  guint64 messages_received;
  guint64 credit_stalls; /* a frame was due and the viewer had not acknowledged enough */
  guint64 frames_encoded;
  guint64 encode_us;
  guint64 ages[BW_N_AGE_CLASSES];
  guint64 age_sum_us;
  guint64 denials[BW_N_DENIALS];
} BwCounters;

static inline void
bw_counters_add_age (BwCounters *self,
                     gint64      age_us)
{
  static const guint16 ends_ms[] = BW_AGE_CLASSES_MS;
  guint i = 0;

  while (i < G_N_ELEMENTS (ends_ms) && age_us > ends_ms[i] * 1000)
    i++;
  self->ages[i]++;
  self->age_sum_us += (guint64) MAX (age_us, 0);
}

G_END_DECLS
