/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "server/bw-metrics.h"

static const char *const dialect_names[BW_N_DIALECTS] = { "json", "boardwalk.1" };

static const char *const denial_names[BW_N_DENIALS] = {
  [BW_DENIAL_HOST] = "host",           [BW_DENIAL_ORIGIN] = "origin",
  [BW_DENIAL_TOKEN] = "token",         [BW_DENIAL_GUESSING] = "guessing",
  [BW_DENIAL_DIALECT] = "dialect",     [BW_DENIAL_FULL] = "full",
  [BW_DENIAL_ADDRESS] = "address",     [BW_DENIAL_REQUEST] = "request",
  [BW_DENIAL_HANDSHAKE] = "handshake", [BW_DENIAL_PROTOCOL] = "protocol",
  [BW_DENIAL_COMMANDS] = "commands",   [BW_DENIAL_STALLED] = "stalled",
};

static void
begin (GString    *text,
       const char *name,
       const char *type,
       const char *help)
{
  g_string_append_printf (text, "# HELP boardwalk_%s %s\n# TYPE boardwalk_%s %s\n", name, help,
                          name, type);
}

static void
write_integer (GString    *text,
               const char *name,
               const char *labels,
               guint64     value)
{
  g_string_append_printf (text, "boardwalk_%s%s %" G_GUINT64_FORMAT "\n", name, labels, value);
}

static void
write_seconds (GString    *text,
               const char *name,
               guint64     value_us)
{
  g_string_append_printf (text, "boardwalk_%s %" G_GUINT64_FORMAT ".%06u\n", name,
                          value_us / G_USEC_PER_SEC, (guint) (value_us % G_USEC_PER_SEC));
}

static void
write_one (GString    *text,
           const char *name,
           const char *help,
           guint64     value)
{
  begin (text, name, "counter", help);
  write_integer (text, name, "", value);
}

static void
write_by_dialect (GString       *text,
                  const char    *name,
                  const char    *help,
                  const guint64  values[BW_N_DIALECTS])
{
  begin (text, name, "counter", help);
  for (guint i = 0; i < BW_N_DIALECTS; i++)
    {
      g_autofree char *labels = g_strdup_printf ("{dialect=\"%s\"}", dialect_names[i]);

      write_integer (text, name, labels, values[i]);
    }
}

static void
write_ages (GString          *text,
            const BwCounters *counters)
{
  static const guint16 ends_ms[] = BW_AGE_CLASSES_MS;
  guint64 n = 0;

  begin (text, "frame_age_seconds", "histogram",
         "From when a frame was due to when a client had it.");
  for (guint i = 0; i < BW_N_AGE_CLASSES; i++)
    {
      n += counters->ages[i];
      if (i < G_N_ELEMENTS (ends_ms))
        g_string_append_printf (text, "boardwalk_frame_age_seconds_bucket{le=\"%u.%03u\"} ",
                                ends_ms[i] / 1000u, ends_ms[i] % 1000u);
      else
        g_string_append (text, "boardwalk_frame_age_seconds_bucket{le=\"+Inf\"} ");
      g_string_append_printf (text, "%" G_GUINT64_FORMAT "\n", n);
    }
  write_seconds (text, "frame_age_seconds_sum", counters->age_sum_us);
  write_integer (text, "frame_age_seconds_count", "", n);
}

GBytes *
bw_metrics_write (const BwServerStats *stats)
{
  const BwCounters *counters = &stats->counters;
  GString *text = g_string_new (NULL);

  begin (text, "clients", "gauge", "WebSockets that are open.");
  for (guint i = 0; i < BW_N_DIALECTS; i++)
    {
      g_autofree char *labels = g_strdup_printf ("{dialect=\"%s\"}", dialect_names[i]);

      write_integer (text, "clients", labels, stats->clients[i]);
    }
  begin (text, "uptime_seconds", "gauge", "Since the server began to listen.");
  write_seconds (text, "uptime_seconds", (guint64) (stats->uptime_s * G_USEC_PER_SEC));
  write_one (text, "arrivals_total", "WebSockets that were opened.", stats->n_arrived);
  write_by_dialect (text, "frames_sent_total", "Frames sent to clients.", counters->frames_sent);
  write_by_dialect (text, "frames_skipped_total", "Frames that a newer one replaced.",
                    counters->frames_skipped);
  write_by_dialect (text, "bytes_sent_total", "Bytes sent over WebSockets.", counters->bytes_sent);
  write_one (text, "bytes_received_total", "Bytes that came over WebSockets.",
             counters->bytes_received);
  write_one (text, "messages_received_total", "Text messages that came.",
             counters->messages_received);
  write_one (text, "credit_stalls_total", "Frames due to who had not acknowledged enough.",
             counters->credit_stalls);
  write_one (text, "frames_encoded_total", "Encodings made, each for all who have the same frame.",
             counters->frames_encoded);
  begin (text, "encode_seconds_total", "counter", "Time that encoding took.");
  write_seconds (text, "encode_seconds_total", counters->encode_us);
  write_ages (text, counters);

  begin (text, "denials_total", "counter", "Who was sent away, and why.");
  for (guint i = 0; i < BW_N_DENIALS; i++)
    {
      g_autofree char *labels = g_strdup_printf ("{reason=\"%s\"}", denial_names[i]);

      write_integer (text, "denials_total", labels, counters->denials[i]);
    }
  return g_string_free_to_bytes (text);
}
