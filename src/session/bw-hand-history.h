/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was done, to parts, to weights and to the settings beside the board, in steps that are
 * taken back and done again one at a time. A run is a step, too. What is done after something was
 * taken back takes the place of that. */

#pragma once

#include "session/bw-frame.h"
#include "session/bw-run-log.h"

G_BEGIN_DECLS

/* Of one part. */
typedef struct
{
  guint32 footprint;
  BwPose before;
  BwPose after;
  gboolean held_before;
  gboolean held_after;
} BwHandEdit;

/* Of one weight: SET of a BwWeight, or WEIGH of a net. */
typedef struct
{
  BwCommandKind kind;
  guint index;
  double before;
  double after;
} BwWeightEdit;

/* Of the rule that is the `nth`, as its text; NULL: it was not there, or is there no more. */
typedef struct
{
  guint nth;
  const char *before;
  const char *after;
} BwRuleEdit;

/* Of the settings beside the board: what `key` has in their object `object`, as its text; NULL: it
 * is not there. */
typedef struct
{
  const char *object;
  const char *key;
  const char *before;
  const char *after;
} BwSettingEdit;

typedef enum
{
  BW_HAND_NOTHING,
  BW_HAND_EDIT,
  BW_HAND_RUN,       /* moved whatever it moved */
  BW_HAND_PLACEMENT, /* another one was taken over as a whole */
} BwHandKind;

/* An edit of one of the four kinds; or how all parts are to lie now. */
typedef struct
{
  BwHandKind kind;
  BwFrame *frame;          /* NULL: it is an edit */
  const BwHandEdit *edits; /* each of another part */
  guint n_edits;
  const BwWeightEdit *weights; /* each of another one */
  guint n_weights;
  const BwRuleEdit *rule;  /* NULL: it is of another kind */
  const BwSettingEdit *setting; /* the same */
  const char *who;         /* NULL: the window's own user */
} BwHandStep;

typedef struct _BwHandHistory BwHandHistory;

BwHandHistory *bw_hand_history_new        (void);
void           bw_hand_history_free       (BwHandHistory    *self);

/* A step of the window's user. Nothing where there are no edits. */
void           bw_hand_history_add        (BwHandHistory    *self,
                                           const BwHandEdit *edits,
                                           guint             n_edits);

/* What the log says that somebody else did: a COMMAND about a part. What one person does in one go
 * (a drag, or a group that is turned) is one step. */
void           bw_hand_history_add_remote (BwHandHistory    *self,
                                           const BwLogEntry *entry,
                                           const char       *who);

/* Somebody's change of a weight: `who` NULL is the window's own user, else `actor`, as the command
 * has it. What is changed in one go, as by a slider that is dragged, is one step. */
void           bw_hand_history_add_weight (BwHandHistory      *self,
                                           const BwWeightEdit *edit,
                                           const char         *who,
                                           guint32             actor,
                                           gint64              time_us);

/* A step of the window's user. */
void           bw_hand_history_add_rule   (BwHandHistory    *self,
                                           const BwRuleEdit *edit);
void           bw_hand_history_add_setting (BwHandHistory   *self,
                                           const BwSettingEdit *edit);

/* A RUN that begins, or a PLACEMENT, over parts that lie as in `before`; `who` NULL: the window's
 * own user. What is done by hand while it runs are steps of their own, after it. */
void           bw_hand_history_add_frame  (BwHandHistory    *self,
                                           BwHandKind        kind,
                                           BwFrame          *before,
                                           const char       *who);

/* What would be taken back, or done again. */
BwHandKind     bw_hand_history_get_undo   (BwHandHistory    *self);
BwHandKind     bw_hand_history_get_redo   (BwHandHistory    *self);

/* How parts lay before the newest step. (transfer none) (nullable): it is an edit, or there is
 * none */
BwFrame       *bw_hand_history_get_before (BwHandHistory    *self);

/* The step that is taken back or done again now, to be obeyed by the caller; good until the next
 * call. FALSE: there is none. `now` is how parts lie, to which the way back leads from a run or a
 * placement. */
gboolean       bw_hand_history_undo       (BwHandHistory    *self,
                                           BwFrame          *now,
                                           BwHandStep       *step_out);
gboolean       bw_hand_history_redo       (BwHandHistory    *self,
                                           BwFrame          *now,
                                           BwHandStep       *step_out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BwHandHistory, bw_hand_history_free)

G_END_DECLS
