/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/bw-run-log.h"

static void
append (BwRunLog  *log,
        BwLogKind  kind,
        const char *message)
{
  bw_run_log_append (log, &(BwLogEntry) { .kind = kind, .message = message });
}

static void
entries_come_in_order_and_complete (void)
{
  g_autoptr (BwRunLog) log = bw_run_log_new (100);
  guint64 after = 0;

  append (log, BW_LOG_STATUS, "one");
  append (log, BW_LOG_METRICS, NULL);
  append (log, BW_LOG_STATUS, "two");
  for (guint i = 1; i <= 3; i++)
    {
      g_autoptr (BwLogEntry) entry = bw_run_log_next (log, after);

      g_assert_cmpuint (entry->seq, ==, i);
      g_assert_cmpstr (entry->message, ==, i == 1 ? "one" : i == 3 ? "two" : NULL);
      after = entry->seq;
    }
  g_assert_null (bw_run_log_next (log, after));
  g_assert_cmpuint (bw_run_log_last_seq (log), ==, 3);
}

static void
only_old_metrics_are_thinned_out (void)
{
  g_autoptr (BwRunLog) log = bw_run_log_new (100);
  guint n_metrics = 0;
  guint n_statuses = 0;
  guint64 after = 0;
  guint64 last_metrics = 0;

  for (guint i = 0; i < 10000; i++)
    append (log, i % 100 == 0 ? BW_LOG_STATUS : BW_LOG_METRICS, i % 100 == 0 ? "kept" : NULL);

  for (;;)
    {
      g_autoptr (BwLogEntry) entry = bw_run_log_next (log, after);

      if (entry == NULL)
        break;
      g_assert_cmpuint (entry->seq, >, after);
      after = entry->seq;
      if (entry->kind == BW_LOG_METRICS)
        {
          n_metrics++;
          last_metrics = entry->seq;
        }
      else
        n_statuses++;
    }
  g_assert_cmpuint (n_statuses, ==, 100);
  g_assert_cmpuint (n_metrics, <=, 100);
  g_assert_cmpuint (n_metrics, >=, 50);
  g_assert_cmpuint (last_metrics, ==, 10000);
}

static void
an_entry_outlives_its_thinning (void)
{
  g_autoptr (BwRunLog) log = bw_run_log_new (4);
  g_autoptr (BwLogEntry) first = NULL;

  append (log, BW_LOG_METRICS, NULL);
  first = bw_run_log_next (log, 0);
  for (guint i = 0; i < 50; i++)
    append (log, BW_LOG_METRICS, NULL);
  g_assert_cmpuint (first->seq, ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/run-log/entries-come-in-order-and-complete",
                   entries_come_in_order_and_complete);
  g_test_add_func ("/run-log/only-old-metrics-are-thinned-out", only_old_metrics_are_thinned_out);
  g_test_add_func ("/run-log/an-entry-outlives-its-thinning", an_entry_outlives_its_thinning);
  return g_test_run ();
}
