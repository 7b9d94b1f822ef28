/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "server/bw-bucket.h"

static guint
take_all (BwBucket *bucket,
          gint64    now_us)
{
  guint n = 0;

  while (bw_bucket_take (bucket, 20.0, 40.0, now_us))
    n++;
  return n;
}

static void
a_full_bucket_gives_its_burst_at_once (void)
{
  BwBucket bucket = bw_bucket_new (40.0, 1000);

  g_assert_cmpuint (take_all (&bucket, 1000), ==, 40);
  g_assert_cmpuint (take_all (&bucket, 1000), ==, 0);
}

static void
it_fills_with_time_and_not_beyond_the_brim (void)
{
  BwBucket bucket = bw_bucket_new (40.0, 0);

  take_all (&bucket, 0);
  g_assert_cmpuint (take_all (&bucket, G_USEC_PER_SEC / 2), ==, 10);
  g_assert_cmpuint (take_all (&bucket, G_USEC_PER_SEC * 1000), ==, 40);
}

static void
a_clock_that_goes_back_gives_nothing (void)
{
  BwBucket bucket = bw_bucket_new (40.0, G_USEC_PER_SEC);

  take_all (&bucket, G_USEC_PER_SEC);
  g_assert_cmpuint (take_all (&bucket, 0), ==, 0);
  g_assert_cmpuint (take_all (&bucket, G_USEC_PER_SEC), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/bucket/a-full-bucket-gives-its-burst-at-once",
                   a_full_bucket_gives_its_burst_at_once);
  g_test_add_func ("/server/bucket/it-fills-with-time-and-not-beyond-the-brim",
                   it_fills_with_time_and_not_beyond_the_brim);
  g_test_add_func ("/server/bucket/a-clock-that-goes-back-gives-nothing",
                   a_clock_that_goes_back_gives_nothing);
  return g_test_run ();
}
