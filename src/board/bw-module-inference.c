/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "board/bw-module-inference.h"

#include <string.h>

#include "board/bw-part-kind.h"

/* Nets of more pins than this tell nothing about who serves whom. */
#define MAX_PINS 24
/* How far a part may be from the one it serves, in parts: a filter of three stages. */
#define N_ROUNDS 3
#define NOBODY G_MAXUINT32

typedef struct
{
  const BwBoard *board;
  guint8 *kinds;       /* BwPartKind of each footprint */
  guint32 *leaders;    /* of each footprint: the one that it serves, itself, or NOBODY */
  guint32 *followers;  /* how many serve each */
} Inference;

static gboolean
leads (BwPartKind kind)
{
  return kind >= BW_PART_POWER_SUPPLY;
}

/* LEDs and the like are put together by kind, each with what serves it. */
static gboolean
stands_alone (BwPartKind kind)
{
  return kind != BW_PART_POWER_SUPPLY && kind != BW_PART_ESD && kind != BW_PART_LED;
}

static gboolean
is_ground (const char *name)
{
  g_autofree char *upper = g_ascii_strup (name, -1);

  return strstr (upper, "GND") != NULL || strstr (upper, "VSS") != NULL ||
         strstr (upper, "GROUND") != NULL || strstr (upper, "EARTH") != NULL ||
         g_str_has_suffix (upper, "0V") || strstr (upper, "CHASSIS") != NULL;
}

/* A signal net, or a supply that has one chip alone, such as what a regulator gets in. */
static gboolean
tells_who_serves_whom (const Inference *self,
                       const BwNet     *net)
{
  guint32 only = NOBODY;

  if (net->n_pins < 2 || net->n_pins > MAX_PINS)
    return FALSE;
  if (!net->power)
    return TRUE;
  if (is_ground (net->name))
    return FALSE;
  for (guint32 i = 0; i < net->n_pins; i++)
    {
      guint32 at = net->pins[i].footprint;

      if (!leads (self->kinds[at]) || at == only)
        continue;
      if (only != NOBODY)
        return FALSE;
      only = at;
    }
  return only != NOBODY;
}

/* Of those that `part` shares nets with: the one that it shares most with for that one's size.
 * So a load capacitor serves the crystal, not the processor behind it. */
static guint32
find_leader (const Inference *self,
             const gboolean  *nets_tell,
             guint32          part)
{
  const BwFootprint *footprint = &self->board->footprints[part];
  double best = 0.0;
  guint32 leader = NOBODY;

  for (guint32 p = 0; p < footprint->n_pads && p < 2 * MAX_PINS; p++)
    {
      gint32 index = footprint->pads[p].net;
      const BwNet *net = index >= 0 ? &self->board->nets[index] : NULL;

      if (net == NULL || !nets_tell[index])
        continue;
      for (guint32 i = 0; i < net->n_pins; i++)
        {
          guint32 other = self->leaders[net->pins[i].footprint];
          double score;

          if (net->pins[i].footprint == part || other == NOBODY || other == part)
            continue;
          score = 1.0 / (net->n_pins - 1) / (self->board->footprints[other].n_pads + 1);
          if (score > best || (score >= best && other < leader))
            {
              best = score;
              leader = other;
            }
        }
    }
  return leader;
}

static void
find_leaders (Inference *self)
{
  const BwBoard *board = self->board;
  g_autofree gboolean *nets_tell = g_new (gboolean, board->n_nets + 1);
  g_autofree guint32 *found = g_new (guint32, board->n_footprints + 1);

  for (guint32 i = 0; i < board->n_nets; i++)
    nets_tell[i] = tells_who_serves_whom (self, &board->nets[i]);
  for (guint round = 0; round < N_ROUNDS; round++)
    {
      /* All of a round at once, so that the order in the file does not matter. */
      for (guint32 i = 0; i < board->n_footprints; i++)
        found[i] = self->leaders[i] == NOBODY && self->kinds[i] != BW_PART_NONE
                     ? find_leader (self, nets_tell, i) : self->leaders[i];
      memcpy (self->leaders, found, board->n_footprints * sizeof *found);
    }
  for (guint32 i = 0; i < board->n_footprints; i++)
    if (self->leaders[i] != NOBODY)
      self->followers[self->leaders[i]]++;
}

static gint32
add_module (GArray  *modules,
            BwArena *arena,
            char    *name)
{
  BwModule module = { .name = bw_arena_string (arena, name, strlen (name)), .inferred = TRUE };

  g_free (name);
  g_array_append_val (modules, module);
  return (gint32) modules->len - 1;
}

static void
make_modules (const Inference *self,
              BwFootprint     *footprints,
              BwArena         *arena,
              GArray          *modules)
{
  g_autofree gint32 *own = g_new (gint32, self->board->n_footprints + 1);
  gint32 of_kind[BW_N_PART_KINDS];

  for (guint i = 0; i < BW_N_PART_KINDS; i++)
    of_kind[i] = -1;
  for (guint32 i = 0; i < self->board->n_footprints; i++)
    {
      BwPartKind kind = self->kinds[i];

      own[i] = -1;
      if (!leads (kind) && !(kind == BW_PART_CAPACITOR && self->leaders[i] == NOBODY))
        continue;
      /* One that nobody serves is shown with others of its kind. */
      if (leads (kind) && stands_alone (kind) && self->followers[i] > 1)
        own[i] = add_module (modules, arena, g_strdup_printf ("%s %s", bw_part_kind_name (kind),
                                                              footprints[i].reference));
      else if (of_kind[kind] < 0)
        own[i] = of_kind[kind] = add_module (modules, arena,
                                             g_strdup (bw_part_kind_name (kind)));
      else
        own[i] = of_kind[kind];
    }
  for (guint32 i = 0; i < self->board->n_footprints; i++)
    footprints[i].module = self->leaders[i] != NOBODY ? own[self->leaders[i]] : own[i];
}

BwModule *
bw_modules_infer (const BwBoard *board,
                  BwFootprint   *footprints,
                  BwArena       *arena,
                  guint32       *n_modules_out)
{
  g_autofree guint8 *kinds = g_new (guint8, board->n_footprints + 1);
  g_autofree guint32 *leaders = g_new (guint32, board->n_footprints + 1);
  g_autofree guint32 *followers = g_new0 (guint32, board->n_footprints + 1);
  g_autoptr (GArray) modules = g_array_new (FALSE, FALSE, sizeof (BwModule));
  Inference self = { board, kinds, leaders, followers };

  for (guint32 i = 0; i < board->n_footprints; i++)
    {
      kinds[i] = footprints[i].hold == BW_HOLD_NO_NETS
                   ? BW_PART_NONE : (guint8) bw_part_kind_guess (board, &footprints[i]);
      leaders[i] = leads (kinds[i]) ? i : NOBODY;
    }
  find_leaders (&self);
  make_modules (&self, footprints, arena, modules);
  *n_modules_out = modules->len;
  return bw_arena_copy (arena, modules->data, modules->len * sizeof (BwModule));
}
