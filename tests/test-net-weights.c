/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/bw-net-weights.h"

#include <string.h>

#include "bw-test-board.h"
#include "session/bw-problem-builder.h"
#include "session/bw-session.h"

/* Of nets N1 to N4. */
#define N_PARTS 3
#define N_ITERATIONS 300

static BwConstraints *
read_text (BwBoard    *board,
           const char *text,
           GError    **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));

  return bw_constraints_new_from_bytes (board, bytes, "t.boardwalk.json", error);
}

static BwConstraints *
read_nets (BwBoard    *board,
           const char *nets)
{
  g_autofree char *text = g_strdup_printf ("{\"version\": 1, \"nets\": %s}", nets);
  g_autoptr (GError) error = NULL;
  BwConstraints *constraints = read_text (board, text, &error);

  g_assert_no_error (error);
  return constraints;
}

static gint32
find_net (const BwBoard *board,
          const char    *name)
{
  for (guint32 i = 0; i < board->n_nets; i++)
    if (strcmp (board->nets[i].name, name) == 0)
      return (gint32) i;
  g_assert_not_reached ();
}

static double
weight_of (const BwBoard *board,
           const double  *weights,
           const char    *name)
{
  return weights[find_net (board, name)];
}

static void
nets_are_weighed_by_name_or_pattern_and_the_last_counts (void)
{
  g_autoptr (BwBoard) board = bw_test_board_new (N_PARTS, FALSE);
  g_autoptr (BwConstraints) constraints =
    read_nets (board, "{\"N?\": 2, \"N3\": 0.5, \"USB_*\": 7}");
  g_autoptr (BwConstraints) none = read_nets (board, "{}");
  g_autofree double *weights = bw_net_weights_new (board, constraints);
  g_autofree double *usual = bw_net_weights_new (board, NULL);

  g_assert_cmpfloat (weight_of (board, weights, "N1"), ==, 2.0);
  g_assert_cmpfloat (weight_of (board, weights, "N3"), ==, 0.5);
  g_assert_cmpstr (constraints->notes[0], ==, "t.boardwalk.json:1: no net is like “USB_*”");
  g_assert_null (constraints->notes[1]);
  g_assert_cmpfloat (weight_of (board, usual, "N1"), ==, 1.0);
  g_assert_cmpfloat (weight_of (board, none->net_weights, "N1"), ==, 1.0);
}

static void
what_is_no_weight_is_refused_with_its_line (void)
{
  static const char *const wrong[][2] = {
    { "\n[]", "t.boardwalk.json:2: \"nets\" is to be an object of weights" },
    { "{\n\"N1\": -1}", "t.boardwalk.json:2: a net's weight is to be a number from 0 to 1000" },
    { "{\"N1\": \"2\"}", "t.boardwalk.json:1: a net's weight is to be a number from 0 to 1000" },
    { "{\"N1\": {}}", "t.boardwalk.json:1: a net's weight is to be a number from 0 to 1000" },
  };
  g_autoptr (BwBoard) board = bw_test_board_new (N_PARTS, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"version\": 1, \"nets\": %s}", wrong[i][0]);
      g_autoptr (GError) error = NULL;

      g_assert_null (read_text (board, text, &error));
      g_assert_cmpstr (error->message, ==, wrong[i][1]);
    }
}

static void
a_command_weighs_one_net (void)
{
  g_autoptr (BwBoard) board = bw_test_board_new (N_PARTS, FALSE);
  g_autofree double *weights = bw_net_weights_new (board, NULL);
  guint32 net = (guint32) find_net (board, "N2");
  const BwCommand wrong[] = {
    { .kind = BW_COMMAND_WEIGH, .net = board->n_nets, .value = 1.0 },
    { .kind = BW_COMMAND_WEIGH, .net = net, .value = -1.0 },
    { .kind = BW_COMMAND_WEIGH, .net = net, .value = NAN },
    { .kind = BW_COMMAND_WEIGH, .net = net, .value = BW_WEIGHT_MOST + 1.0 },
  };

  g_assert_true (bw_net_weights_obey (weights, board, &(BwCommand) {
    .kind = BW_COMMAND_WEIGH, .net = net, .value = 3.0,
  }));
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (bw_net_weights_obey (weights, board, &wrong[i]));
  for (guint32 i = 0; i < board->n_nets; i++)
    g_assert_cmpfloat (weights[i], ==, i == net ? 3.0 : 1.0);
}

static void
the_problem_has_the_weights_of_the_file_until_it_is_told_others (void)
{
  g_autoptr (BwBoard) board = bw_test_board_new (N_PARTS, FALSE);
  g_autoptr (BwConstraints) constraints = read_nets (board, "{\"N2\": 4}");
  g_autofree double *told = bw_net_weights_new (board, NULL);
  BwWeights usual = bw_weights_default ();
  g_autoptr (BwBoardProblem) problem =
    bw_board_problem_new (board, &(BwProblemOptions) { .constraints = constraints,
                                                       .weights = &usual });
  const BwProblemNet *nets = bw_board_problem_get (problem)->nets;
  gint32 net = find_net (board, "N2");

  g_assert_cmpfloat (nets[net].weight, ==, 4.0);
  told[net] = 0.25;
  g_assert_true (bw_board_problem_weigh (problem, &usual, told));
  g_assert_cmpfloat (nets[net].weight, ==, 0.25);
}

static void
edits_leave_the_rest_as_it_was (void)
{
  static const char text[] = "{\"version\": 1, \"rules\": [ ], "
                             "\"nets\": {\"N1\": 9, \"A\\\"\": 1}}";
  const char *const names[] = { "N1", "N*" };
  const double weights[] = { 2.5, 0.0 };
  g_autoptr (GBytes) old = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) edited = bw_net_weights_edit (old, "t", names, weights, 2, &error);
  g_autoptr (GBytes) made = bw_net_weights_edit (NULL, "t", names, weights, 1, &error);
  static const char expected[] = "{\"version\": 1, \"rules\": [ ], \"nets\": {\n    \"A\\\"\": 1,\n"
                                 "    \"N1\": 2.5,\n    \"N*\": 0\n  }}";
  static const char expected_made[] = "{\n  \"nets\": {\n    \"N1\": 2.5\n  },\n"
                                      "  \"version\": 1\n}\n";

  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (edited, NULL), g_bytes_get_size (edited), expected,
                   strlen (expected));
  g_assert_cmpmem (g_bytes_get_data (made, NULL), g_bytes_get_size (made), expected_made,
                   strlen (expected_made));
}

/* Where a run of the session puts the parts; `epoch`: it is the session's nth. */
static guint64
run (BwSession *session,
     guint32    epoch)
{
  BwRunOptions options = bw_run_options_default ();
  BwFrame *frame;

  options.iterations = N_ITERATIONS;
  bw_session_set_options (session, &options);
  bw_session_submit (session, &(BwCommand) { .kind = BW_COMMAND_RESTART });
  while (bw_session_get_frame (session)->epoch < epoch
         || bw_session_get_state (session) != BW_RUN_FINISHED)
    g_main_context_iteration (NULL, TRUE);
  frame = bw_session_get_frame (session);
  return bw_poses_hash (frame->poses, frame->n_footprints);
}

static void
a_command_and_the_file_lead_to_the_same_placement (void)
{
  g_autoptr (BwBoard) board = bw_test_board_new (N_PARTS, FALSE);
  g_autoptr (BwConstraints) constraints = read_nets (board, "{\"N1\": 0, \"N4\": 50}");
  g_autoptr (BwSession) told = bw_session_new (board, constraints);
  g_autoptr (BwSession) asked = bw_session_new (board, NULL);
  guint64 usual = run (asked, 1), weighed = run (told, 1);

  g_assert_cmpuint (usual, !=, weighed);
  bw_session_submit (asked, &(BwCommand) {
    .kind = BW_COMMAND_WEIGH, .net = (guint32) find_net (board, "N1"), .value = 0.0,
  });
  bw_session_submit (asked, &(BwCommand) {
    .kind = BW_COMMAND_WEIGH, .net = (guint32) find_net (board, "N4"), .value = 50.0,
  });
  g_assert_cmpuint (run (asked, 2), ==, weighed);
  /* Back again, while a run is under way: it counts from then on, and for those to come. */
  bw_session_submit (told, &(BwCommand) { .kind = BW_COMMAND_RESTART });
  bw_session_submit (told, &(BwCommand) {
    .kind = BW_COMMAND_WEIGH, .net = (guint32) find_net (board, "N1"), .value = 1.0,
  });
  bw_session_submit (told, &(BwCommand) {
    .kind = BW_COMMAND_WEIGH, .net = (guint32) find_net (board, "N4"), .value = 1.0,
  });
  g_assert_cmpuint (run (told, 3), ==, usual);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/net-weights/nets are weighed by name or pattern and the last counts",
                   nets_are_weighed_by_name_or_pattern_and_the_last_counts);
  g_test_add_func ("/net-weights/what is no weight is refused with its line",
                   what_is_no_weight_is_refused_with_its_line);
  g_test_add_func ("/net-weights/a command weighs one net", a_command_weighs_one_net);
  g_test_add_func ("/net-weights/the problem has the weights of the file until it is told others",
                   the_problem_has_the_weights_of_the_file_until_it_is_told_others);
  g_test_add_func ("/net-weights/edits leave the rest as it was", edits_leave_the_rest_as_it_was);
  g_test_add_func ("/net-weights/a command and the file lead to the same placement",
                   a_command_and_the_file_lead_to_the_same_placement);
  return g_test_run ();
}
