/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Parts in one heap are measured as what they are, though not pair by pair. */

#include <glib.h>
#include <string.h>

#include "placer/bw-placer.h"

#define MM 1000000

static const int32_t upright[] = { 0 };

/* Square parts of two sizes, all at (10, 10) in a room of 20 x 20 mm. */
typedef struct
{
  BwPoint corners[2][4];
  BwRing bodies[2];
  BwPoint room[4];
  BwProblemRegion region;
  BwProblemPart *parts;
  BwProblem problem;
} Heap;

static void
heap_init (Heap     *self,
           uint32_t  n_parts)
{
  const BwPoint room[4] = { { 0, 0 }, { 20 * MM, 0 }, { 20 * MM, 20 * MM }, { 0, 20 * MM } };

  memset (self, 0, sizeof *self);
  memcpy (self->room, room, sizeof room);
  for (int i = 0; i < 2; i++)
    {
      const BwPoint corners[4] = { { -(i + 1) * MM, -MM }, { (i + 1) * MM, -MM },
                                   { (i + 1) * MM, MM }, { -(i + 1) * MM, MM } };

      memcpy (self->corners[i], corners, sizeof corners);
      self->bodies[i] = (BwRing) { self->corners[i], 4 };
    }
  self->region = (BwProblemRegion) { { self->room, 4 }, false };
  self->parts = g_new0 (BwProblemPart, n_parts);
  for (uint32_t i = 0; i < n_parts; i++)
    self->parts[i] = (BwProblemPart) {
      .body = { &self->bodies[i % 2], NULL }, .n_body = { 1, 0 },
      .rotations_cdeg = upright, .n_rotations = 1, .group = -1,
      .start = { { 10 * MM, 10 * MM }, 0, BW_SIDE_FRONT },
    };
  self->problem = (BwProblem) {
    .parts = self->parts, .n_parts = n_parts, .regions = &self->region, .n_regions = 1,
  };
}

static BwPlacerMetrics
measure (Heap *self)
{
  BwPlacerOptions options = bw_placer_options_default ();
  BwPlacer *placer = bw_placer_new (&self->problem, &options);
  BwPlacerMetrics metrics;

  bw_placer_metrics (placer, &metrics);
  bw_placer_free (placer);
  return metrics;
}

static void
all_pairs_of_a_heap_are_counted (void)
{
  BwPlacerMetrics metrics;
  Heap heap;

  heap_init (&heap, 9);
  metrics = measure (&heap);
  g_assert_cmpuint (metrics.overlaps, ==, 9 * 8 / 2);
  g_assert_cmpuint (metrics.outside, ==, 0);
  g_assert_cmpuint (metrics.locked_conflicts, ==, 0);

  /* One a nanometre aside overlaps as many; one turned over none. */
  heap.parts[3].start.at.x_nm++;
  g_assert_cmpuint (measure (&heap).overlaps, ==, 9 * 8 / 2);
  heap.parts[4].start.side = BW_SIDE_BACK;
  g_assert_cmpuint (measure (&heap).overlaps, ==, 8 * 7 / 2);
  g_free (heap.parts);
}

static void
held_parts_of_a_heap_are_counted_apart (void)
{
  BwPlacerMetrics metrics;
  Heap heap;

  heap_init (&heap, 9);
  for (int i = 0; i < 5; i++)
    heap.parts[i].fixed = true;
  metrics = measure (&heap);
  g_assert_cmpuint (metrics.locked_conflicts, ==, 5 * 4 / 2);
  g_assert_cmpuint (metrics.overlaps, ==, 4 * 3 / 2 + 4 * 5);
  g_free (heap.parts);
}

static void
held_parts_in_conflict_are_told (void)
{
  BwPlacerOptions options = bw_placer_options_default ();
  BwPlacerMetrics metrics;
  BwPlacer *placer;
  Heap heap;

  heap_init (&heap, 9);
  for (int i = 2; i < 6; i++)
    heap.parts[i].fixed = true;
  heap.parts[5].start.side = BW_SIDE_BACK;
  placer = bw_placer_new (&heap.problem, &options);
  bw_placer_metrics (placer, &metrics);
  g_assert_cmpuint (metrics.locked_conflicts, ==, 3);
  for (int i = 0; i < 9; i++)
    g_assert_cmpint (bw_placer_clashing (placer)[i], ==, i >= 2 && i < 5);
  bw_placer_free (placer);
  g_free (heap.parts);
}

static void
every_part_of_a_heap_outside_is_counted_and_told (void)
{
  BwPlacerOptions options = bw_placer_options_default ();
  BwPlacerMetrics metrics;
  BwPlacer *placer;
  Heap heap;

  heap_init (&heap, 6);
  for (int i = 1; i < 6; i++)
    heap.parts[i].start.at.x_nm = 40 * MM;
  heap.parts[2].fixed = true;
  placer = bw_placer_new (&heap.problem, &options);
  bw_placer_metrics (placer, &metrics);
  g_assert_cmpuint (metrics.outside, ==, 4);
  for (int i = 0; i < 6; i++)
    g_assert_cmpint (bw_placer_outside (placer)[i], ==, i != 0 && i != 2);
  bw_placer_free (placer);
  g_free (heap.parts);
}

static void
a_heap_beyond_counting_is_counted (void)
{
  Heap heap;

  heap_init (&heap, 60000);
  g_assert_cmpuint (measure (&heap).overlaps, ==, 60000u / 2 * 59999u);
  g_free (heap.parts);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/twins/all-pairs-of-a-heap-are-counted", all_pairs_of_a_heap_are_counted);
  g_test_add_func ("/twins/held-parts-of-a-heap-are-counted-apart",
                   held_parts_of_a_heap_are_counted_apart);
  g_test_add_func ("/twins/held-parts-in-conflict-are-told", held_parts_in_conflict_are_told);
  g_test_add_func ("/twins/every-part-of-a-heap-outside-is-counted-and-told",
                   every_part_of_a_heap_outside_is_counted_and_told);
  g_test_add_func ("/twins/a-heap-beyond-counting-is-counted", a_heap_beyond_counting_is_counted);
  return g_test_run ();
}
