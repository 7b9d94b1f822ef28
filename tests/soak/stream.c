/* SPDX-License-Identifier: GPL-3.0-or-later */

/* soak-stream [SECONDS] (600): viewers that come, go, stall and come back while runs start and
 * stop. Prints what the server holds every ten seconds, and in the end by how much memory,
 * descriptors and threads grew an hour. Status 1 where descriptors or threads grew, or memory by
 * more than 8 MiB after the first third. Not among the tests of the project. */

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "support/server-fixture.h"

#define N_PARTS 500
#define N_VIEWERS 200
#define FRAMES_A_RUN 600
#define REPORT_S 10
#define MAX_GROWTH_KIB (8 * 1024)
#define MAX_SECONDS (24 * 60 * 60)

typedef struct
{
  double seconds;
  double memory_kib;
  double descriptors;
  double threads;
} Sample;

static guint
count_entries (const char *path)
{
  DIR *dir = opendir (path);
  guint n = 0;

  while (dir != NULL && readdir (dir) != NULL)
    n++;
  if (dir != NULL)
    closedir (dir);
  return n;
}

static double
resident_kib (void)
{
  g_autofree char *text = NULL;
  unsigned long size;
  unsigned long resident = 0;

  if (!g_file_get_contents ("/proc/self/statm", &text, NULL, NULL)
      || sscanf (text, "%lu %lu", &size, &resident) != 2)
    return 0.0;
  return (double) resident * 4.0;
}

/* If there is room for it. */
static void
speak (WsClient   *client,
       const char *text)
{
  g_autoptr (GByteArray) frame = ws_frame (0x81, text, strlen (text));

  send (client->fd, frame->data, frame->len, MSG_NOSIGNAL | MSG_DONTWAIT);
}

/* What a viewer does in this turn. */
static void
live (Fixture   *fixture,
      WsClient **place,
      GRand     *random)
{
  gboolean binary = g_rand_boolean (random);
  guint8 some[4096];

  if (*place == NULL)
    {
      g_autofree char *request
        = ws_handshake_text (fixture->path, fixture->control,
                             binary ? "Sec-WebSocket-Protocol: boardwalk.1\r\n" : "");

      *place = ws_connect_with (fixture->port, g_rand_boolean (random) ? 4096 : 0);
      ws_send_string (*place, request);
      if (binary)
        ws_send_text (*place, "{\"type\":\"hello\",\"name\":\"Soak\",\"forces\":true}");
      return;
    }

  switch (g_rand_int_range (random, 0, 40))
    {
    case 0:
      g_clear_pointer (place, ws_free);
      break;
    case 1:
      ws_reset (*place);
      g_clear_pointer (place, ws_free);
      break;
    case 2:
      send ((*place)->fd, "\xff\xff\xff\xff", 4, MSG_NOSIGNAL | MSG_DONTWAIT);
      break;
    case 3:
      speak (*place, "{\"type\":\"grab\",\"parts\":[1,2,3]}");
      break;
    case 4:
      speak (*place, "{\"type\":\"cursor\",\"x\":1,\"y\":2}");
      break;
    case 5:
      speak (*place, "{\"type\":\"ping\",\"t0\":1}");
      break;
    default:
      /* Reads a little, or stalls. */
      if (g_rand_boolean (random)
          && recv ((*place)->fd, some, sizeof some, MSG_DONTWAIT) == 0)
        g_clear_pointer (place, ws_free);
      break;
    }
}

static void
run_on (Fixture *fixture,
        guint    frame)
{
  guint at = frame % FRAMES_A_RUN;

  if (at == 0)
    fake_feed_set_state (fixture->feed, BW_RUN_RUNNING, FALSE);
  fake_feed_publish (fixture->feed, at, at == FRAMES_A_RUN - 1, NULL, 0);
  if (at == FRAMES_A_RUN - 1)
    {
      fake_feed_say (fixture->feed, BW_STATUS_COMPLETE, "done");
      fake_feed_set_state (fixture->feed, BW_RUN_FINISHED, FALSE);
    }
}

/* By how much the value at `offset` of a sample grows an hour, by least squares over the last two
 * thirds: what a server needs to get going is no growth. */
static double
slope (const GArray *samples,
       gsize         offset)
{
  guint first = samples->len / 3;
  double n = samples->len - first;
  double sum_t = 0.0;
  double sum_v = 0.0;
  double sum_tt = 0.0;
  double sum_tv = 0.0;

  for (guint i = first; i < samples->len; i++)
    {
      const Sample *sample = &g_array_index (samples, Sample, i);
      double value = G_STRUCT_MEMBER (double, sample, offset);

      sum_t += sample->seconds;
      sum_v += value;
      sum_tt += sample->seconds * sample->seconds;
      sum_tv += sample->seconds * value;
    }
  return n < 2.0 ? 0.0 : (n * sum_tv - sum_t * sum_v) / (n * sum_tt - sum_t * sum_t) * 3600.0;
}

static Sample
take_sample (double seconds)
{
  Sample sample = {
    .seconds = seconds,
    .memory_kib = resident_kib (),
    .descriptors = count_entries ("/proc/self/fd"),
    .threads = count_entries ("/proc/self/task"),
  };

  printf ("%7.0f s %9.0f KiB %6.0f descriptors %4.0f threads\n", sample.seconds, sample.memory_kib,
          sample.descriptors, sample.threads);
  fflush (stdout);
  return sample;
}

/* The last third may not hold more than the middle one did, but for the viewers that are there. */
static int
judge (const GArray *samples)
{
  Sample highest[3] = { { 0 } };

  for (guint i = 0; i < samples->len; i++)
    {
      const Sample *sample = &g_array_index (samples, Sample, i);
      Sample *third = &highest[i * 3 / samples->len];

      third->memory_kib = MAX (third->memory_kib, sample->memory_kib);
      third->descriptors = MAX (third->descriptors, sample->descriptors);
      third->threads = MAX (third->threads, sample->threads);
    }
  return highest[2].memory_kib > highest[1].memory_kib + MAX_GROWTH_KIB
         || highest[2].descriptors > highest[1].descriptors + N_VIEWERS / 4
         || highest[2].threads > highest[1].threads;
}

int
main (int    argc,
      char **argv)
{
  double seconds = argc > 1 ? CLAMP (atof (argv[1]), 1.0, MAX_SECONDS) : 600.0;
  BwServerLimits limits = BW_SERVER_LIMITS_DEFAULT;
  g_autoptr (GArray) samples = g_array_new (FALSE, FALSE, sizeof (Sample));
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  WsClient *viewers[N_VIEWERS] = { NULL };
  Fixture fixture;
  gint64 start_us = g_get_monotonic_time ();
  double passed_s = 0.0;
  int status;

  limits.stall_ms = 1000;
  fixture_begin_with (&fixture, fixture_make_board (N_PARTS), 60.0, &limits);
  for (guint frame = 0; passed_s < seconds; frame++)
    {
      run_on (&fixture, frame);
      for (guint i = 0; i < N_VIEWERS / 8; i++)
        live (&fixture, &viewers[g_rand_int_range (random, 0, N_VIEWERS)], random);
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_usleep (G_USEC_PER_SEC / 60);

      passed_s = (double) (g_get_monotonic_time () - start_us) / G_USEC_PER_SEC;
      if (passed_s >= REPORT_S * (samples->len + 1.0) || passed_s >= seconds)
        {
          Sample sample = take_sample (passed_s);

          g_array_append_val (samples, sample);
        }
    }

  printf ("growth an hour: %.0f KiB, %.1f descriptors, %.2f threads\n",
          slope (samples, G_STRUCT_OFFSET (Sample, memory_kib)),
          slope (samples, G_STRUCT_OFFSET (Sample, descriptors)),
          slope (samples, G_STRUCT_OFFSET (Sample, threads)));
  status = judge (samples);
  for (guint i = 0; i < N_VIEWERS; i++)
    g_clear_pointer (&viewers[i], ws_free);
  fixture_end (&fixture);
  return status;
}
