/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/bw-hand-history.h"

#define ANN 7
#define BOB 8

static BwHandEdit
edit_of (guint32 footprint,
         gint32  x_nm)
{
  return (BwHandEdit) { footprint, { { 0, 0 }, 0, BW_SIDE_FRONT },
                        { { x_nm, 0 }, 0, BW_SIDE_FRONT }, FALSE, TRUE };
}

static void
add_remote (BwHandHistory *history,
            guint32        actor,
            gint64         time_ms,
            BwCommandKind  kind,
            guint32        footprint,
            BwPose         before,
            BwPose         pose)
{
  bw_hand_history_add_remote (history, &(BwLogEntry) {
    .kind = BW_LOG_COMMAND, .time_us = time_ms * 1000, .before = before,
    .command = { .kind = kind, .origin = BW_ORIGIN_REMOTE, .footprint = footprint,
                 .pose = pose, .actor = actor },
  }, actor == ANN ? "Ann" : "Bob");
}

static void
steps_are_taken_back_and_done_again_in_their_order (void)
{
  g_autoptr (BwHandHistory) history = bw_hand_history_new ();
  const BwHandEdit group[] = { edit_of (1, 10), edit_of (2, 20) };
  const BwHandEdit single = edit_of (3, 30);
  BwHandStep step;

  g_assert_false (bw_hand_history_undo (history, NULL, &step));
  bw_hand_history_add (history, group, 0);
  g_assert_cmpint (bw_hand_history_get_undo (history), ==, BW_HAND_NOTHING);
  bw_hand_history_add (history, group, G_N_ELEMENTS (group));
  bw_hand_history_add (history, &single, 1);
  g_assert_true (bw_hand_history_undo (history, NULL, &step));
  g_assert_cmpuint (step.n_edits, ==, 1);
  g_assert_true (bw_hand_history_undo (history, NULL, &step));
  g_assert_cmpuint (step.n_edits, ==, 2);
  g_assert_cmpuint (step.edits[1].footprint, ==, 2);
  g_assert_null (step.who);
  g_assert_cmpint (bw_hand_history_get_undo (history), ==, BW_HAND_NOTHING);
  g_assert_true (bw_hand_history_redo (history, NULL, &step));
  g_assert_cmpuint (step.n_edits, ==, 2);
  g_assert_cmpint (bw_hand_history_get_redo (history), ==, BW_HAND_EDIT);
}

static void
what_is_done_after_an_undo_takes_the_place_of_what_was_undone (void)
{
  g_autoptr (BwHandHistory) history = bw_hand_history_new ();
  const BwHandEdit first = edit_of (1, 10), second = edit_of (2, 20);
  BwHandStep step;

  bw_hand_history_add (history, &first, 1);
  bw_hand_history_undo (history, NULL, &step);
  bw_hand_history_add (history, &second, 1);
  g_assert_cmpint (bw_hand_history_get_redo (history), ==, BW_HAND_NOTHING);
  g_assert_true (bw_hand_history_undo (history, NULL, &step));
  g_assert_cmpuint (step.edits[0].footprint, ==, 2);
  g_assert_cmpint (bw_hand_history_get_undo (history), ==, BW_HAND_NOTHING);
}

static void
a_drag_of_somebody_else_is_one_step_with_a_name (void)
{
  g_autoptr (BwHandHistory) history = bw_hand_history_new ();
  BwHandStep step;

  for (gint32 i = 0; i < 4; i++)
    add_remote (history, ANN, 1000 + i * 300, BW_COMMAND_MOVE, 5 + (guint32) (i & 1),
                (BwPose) { { 100 + i, 0 }, 0, BW_SIDE_FRONT },
                (BwPose) { { 101 + i, 0 }, 4500, BW_SIDE_BACK });
  g_assert_true (bw_hand_history_undo (history, NULL, &step));
  g_assert_cmpstr (step.who, ==, "Ann");
  g_assert_cmpuint (step.n_edits, ==, 2);
  g_assert_cmpuint (step.edits[0].footprint, ==, 5);
  g_assert_cmpint (step.edits[0].before.at.x_nm, ==, 100);
  g_assert_cmpint (step.edits[0].after.at.x_nm, ==, 103);
  /* A move is of the place alone. */
  g_assert_cmpint (step.edits[0].after.rotation_cdeg, ==, 0);
  g_assert_cmpint (step.edits[0].after.side, ==, BW_SIDE_FRONT);
  g_assert_false (step.edits[0].held_before);
  g_assert_true (step.edits[0].held_after);
  g_assert_cmpint (bw_hand_history_get_undo (history), ==, BW_HAND_NOTHING);
}

static void
what_another_does_or_what_is_done_later_is_a_step_of_its_own (void)
{
  g_autoptr (BwHandHistory) history = bw_hand_history_new ();
  const BwHandEdit own = edit_of (5, 1);
  const BwPose pose = { 0 };
  BwHandStep step;
  guint n = 0;

  add_remote (history, ANN, 1000, BW_COMMAND_LOCK, 5, pose, pose);
  add_remote (history, BOB, 1001, BW_COMMAND_ROTATE, 5, pose, pose);
  add_remote (history, ANN, 1002, BW_COMMAND_FLIP, 5, pose, pose);
  add_remote (history, ANN, 3000, BW_COMMAND_UNLOCK, 5, pose, pose);
  bw_hand_history_add (history, &own, 1);
  add_remote (history, ANN, 3001, BW_COMMAND_MOVE, 5, pose, pose);
  /* Nor is it joined with what stands before something that was taken back. */
  bw_hand_history_undo (history, NULL, &step);
  bw_hand_history_undo (history, NULL, &step);
  g_assert_null (step.who);
  add_remote (history, ANN, 3002, BW_COMMAND_MOVE, 5, pose, pose);
  g_assert_cmpint (bw_hand_history_get_redo (history), ==, BW_HAND_NOTHING);
  while (bw_hand_history_undo (history, NULL, &step))
    n++;
  g_assert_cmpuint (n, ==, 5);
}

static void
a_slider_that_is_dragged_is_one_step_and_another_weight_a_part_of_it (void)
{
  g_autoptr (BwHandHistory) history = bw_hand_history_new ();
  BwHandStep step;

  for (guint i = 0; i < 5; i++)
    {
      const BwWeightEdit edit = { BW_COMMAND_SET, 2, i, i + 1 };
      const BwWeightEdit net = { BW_COMMAND_WEIGH, 2, 1, 3 };

      bw_hand_history_add_weight (history, &edit, NULL, 0, i * 300000);
      bw_hand_history_add_weight (history, &net, NULL, 0, i * 300000);
    }
  g_assert_true (bw_hand_history_undo (history, NULL, &step));
  g_assert_cmpuint (step.n_edits, ==, 0);
  g_assert_null (step.rule);
  g_assert_cmpuint (step.n_weights, ==, 2);
  g_assert_cmpfloat (step.weights[0].before, ==, 0);
  g_assert_cmpfloat (step.weights[0].after, ==, 5);
  g_assert_cmpint (step.weights[1].kind, ==, BW_COMMAND_WEIGH);
  g_assert_cmpint (bw_hand_history_get_undo (history), ==, BW_HAND_NOTHING);
}

static void
weights_are_not_of_one_step_with_parts_or_with_another_person_s (void)
{
  g_autoptr (BwHandHistory) history = bw_hand_history_new ();
  const BwWeightEdit edit = { BW_COMMAND_WEIGH, 2, 1, 3 };
  const BwPose pose = { 0 };
  BwHandStep step;
  guint n = 0;

  add_remote (history, ANN, 1000, BW_COMMAND_LOCK, 5, pose, pose);
  bw_hand_history_add_weight (history, &edit, "Ann", ANN, 1000000);
  bw_hand_history_add_weight (history, &edit, "Bob", BOB, 1000000);
  bw_hand_history_add_weight (history, &edit, NULL, 0, 1000000);
  bw_hand_history_add_weight (history, &edit, NULL, 0, 2000000);
  add_remote (history, ANN, 1000, BW_COMMAND_LOCK, 5, pose, pose);
  while (bw_hand_history_undo (history, NULL, &step))
    n++;
  g_assert_cmpuint (n, ==, 6);
}

static void
a_rule_s_texts_are_kept (void)
{
  g_autoptr (BwHandHistory) history = bw_hand_history_new ();
  char text[] = "{}";
  BwHandStep step;

  bw_hand_history_add_rule (history, &(BwRuleEdit) { 3, NULL, text });
  text[0] = '!';
  g_assert_true (bw_hand_history_undo (history, NULL, &step));
  g_assert_cmpuint (step.rule->nth, ==, 3);
  g_assert_null (step.rule->before);
  g_assert_cmpstr (step.rule->after, ==, "{}");
  g_assert_cmpuint (step.n_edits + step.n_weights, ==, 0);
}

static void
a_setting_s_texts_are_kept (void)
{
  g_autoptr (BwHandHistory) history = bw_hand_history_new ();
  char key[] = "R1";
  BwHandStep step;

  bw_hand_history_add_setting (history, &(BwSettingEdit) { "modules", key, NULL, "\"Power\"" });
  key[0] = '!';
  g_assert_true (bw_hand_history_undo (history, NULL, &step));
  g_assert_cmpstr (step.setting->object, ==, "modules");
  g_assert_cmpstr (step.setting->key, ==, "R1");
  g_assert_null (step.setting->before);
  g_assert_cmpstr (step.setting->after, ==, "\"Power\"");
  g_assert_null (step.rule);
  g_assert_cmpuint (step.n_edits + step.n_weights, ==, 0);
}

static BwFrame *
new_frame (void)
{
  static const BwPose poses[2];

  return bw_frame_new (&(BwFrame) { .n_footprints = 2, .poses = poses });
}

static void
a_run_is_a_step_that_leads_back_and_forth (void)
{
  g_autoptr (BwHandHistory) history = bw_hand_history_new ();
  g_autoptr (BwFrame) before = new_frame ();
  g_autoptr (BwFrame) after = new_frame ();
  const BwHandEdit edit = edit_of (1, 10);
  BwHandStep step;

  bw_hand_history_add_frame (history, BW_HAND_RUN, before, NULL);
  bw_hand_history_add (history, &edit, 1);
  g_assert_cmpint (bw_hand_history_get_undo (history), ==, BW_HAND_EDIT);
  g_assert_null (bw_hand_history_get_before (history));
  g_assert_true (bw_hand_history_undo (history, after, &step));
  g_assert_null (step.frame);
  g_assert_cmpint (bw_hand_history_get_undo (history), ==, BW_HAND_RUN);
  g_assert_true (bw_hand_history_get_before (history) == before);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (bw_hand_history_undo (history, after, &step));
      g_assert_cmpint (step.kind, ==, BW_HAND_RUN);
      g_assert_true (step.frame == before);
      g_assert_cmpuint (step.n_edits, ==, 0);
      g_assert_cmpint (bw_hand_history_get_redo (history), ==, BW_HAND_RUN);
      g_assert_true (bw_hand_history_redo (history, before, &step));
      g_assert_true (step.frame == after);
    }
  g_assert_cmpint (bw_hand_history_get_redo (history), ==, BW_HAND_EDIT);
}

static void
what_somebody_does_after_starting_a_run_is_no_part_of_that (void)
{
  g_autoptr (BwHandHistory) history = bw_hand_history_new ();
  g_autoptr (BwFrame) before = new_frame ();
  const BwPose pose = { 0 };
  BwHandStep step;

  bw_hand_history_add_frame (history, BW_HAND_RUN, before, "Ann");
  add_remote (history, 0, 0, BW_COMMAND_LOCK, 1, pose, pose);
  g_assert_true (bw_hand_history_undo (history, before, &step));
  g_assert_cmpint (step.kind, ==, BW_HAND_EDIT);
  g_assert_true (bw_hand_history_undo (history, before, &step));
  g_assert_cmpint (step.kind, ==, BW_HAND_RUN);
  g_assert_cmpstr (step.who, ==, "Ann");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hand-history/steps are taken back and done again in their order",
                   steps_are_taken_back_and_done_again_in_their_order);
  g_test_add_func ("/hand-history/what is done after an undo takes the place of what was undone",
                   what_is_done_after_an_undo_takes_the_place_of_what_was_undone);
  g_test_add_func ("/hand-history/a drag of somebody else is one step with a name",
                   a_drag_of_somebody_else_is_one_step_with_a_name);
  g_test_add_func ("/hand-history/what another does or what is done later is a step of its own",
                   what_another_does_or_what_is_done_later_is_a_step_of_its_own);
  g_test_add_func ("/hand-history/a slider that is dragged is one step and another weight a part "
                   "of it", a_slider_that_is_dragged_is_one_step_and_another_weight_a_part_of_it);
  g_test_add_func ("/hand-history/weights are not of one step with parts or with another person's",
                   weights_are_not_of_one_step_with_parts_or_with_another_person_s);
  g_test_add_func ("/hand-history/a rule's texts are kept", a_rule_s_texts_are_kept);
  g_test_add_func ("/hand-history/a setting's texts are kept", a_setting_s_texts_are_kept);
  g_test_add_func ("/hand-history/a run is a step that leads back and forth",
                   a_run_is_a_step_that_leads_back_and_forth);
  g_test_add_func ("/hand-history/what somebody does after starting a run is no part of that",
                   what_somebody_does_after_starting_a_run_is_no_part_of_that);
  return g_test_run ();
}
