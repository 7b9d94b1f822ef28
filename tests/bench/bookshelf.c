/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bench/bookshelf.h"

#include <glib.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NM_PER_UNIT 100000.0

typedef struct
{
  char *name;
  BwPoint corners[4];
  BwRing ring;
  GArray *terminals;
} Part;

struct _Bookshelf
{
  GPtrArray *parts;
  GHashTable *by_name;  /* to index + 1 */
  BwProblemPart *problem_parts;
  GArray *nets;
  BwPoint corners[4];
  BwProblemRegion region;
  BwProblem problem;
};

static const int32_t rotations[] = { 0, 9000, 18000, 27000 };
static const char letters[] = "NWSE";

static char **
read_lines (const char *base,
            const char *suffix)
{
  g_autofree char *name = g_path_get_basename (base);
  g_autofree char *beside = g_strconcat (base, suffix, NULL);
  g_autofree char *inside = g_strconcat (base, "/", name, suffix, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_file_get_contents (g_file_test (base, G_FILE_TEST_IS_DIR) ? inside : beside, &text, NULL,
                            &error))
    {
      fprintf (stderr, "%s\n", error->message);
      exit (1);
    }
  return g_strsplit (text, "\n", -1);
}

static int32_t
to_nm (double units)
{
  return (int32_t) floor (units * NM_PER_UNIT + 0.5);
}

static void
part_free (gpointer data)
{
  Part *part = data;

  g_free (part->name);
  g_array_unref (part->terminals);
  g_free (part);
}

static void
read_nodes (Bookshelf  *self,
            const char *base)
{
  g_auto (GStrv) lines = read_lines (base, ".nodes");

  for (int i = 0; lines[i] != NULL; i++)
    {
      char name[64], rest[64];
      double w, h;
      Part *part;

      if (lines[i][0] == '#' || g_str_has_prefix (lines[i], "UCLA") ||
          g_str_has_prefix (lines[i], "Num") ||
          sscanf (lines[i], "%63s %lf %lf %63s", name, &w, &h, rest) < 3)
        continue;
      part = g_new0 (Part, 1);
      part->name = g_strdup (name);
      part->terminals = g_array_new (FALSE, TRUE, sizeof (BwTerminal));
      part->corners[0] = (BwPoint) { -to_nm (w / 2), -to_nm (h / 2) };
      part->corners[2] = (BwPoint) { to_nm (w) - to_nm (w / 2), to_nm (h) - to_nm (h / 2) };
      part->corners[1] = (BwPoint) { part->corners[2].x_nm, part->corners[0].y_nm };
      part->corners[3] = (BwPoint) { part->corners[0].x_nm, part->corners[2].y_nm };
      part->ring = (BwRing) { part->corners, 4 };
      g_ptr_array_add (self->parts, part);
      g_hash_table_insert (self->by_name, part->name, GUINT_TO_POINTER (self->parts->len));
    }
}

static Part *
find_part (const Bookshelf *self,
           const char      *name,
           uint32_t        *index_out)
{
  guint found = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_name, name));

  *index_out = found - 1;
  return found > 0 ? g_ptr_array_index (self->parts, found - 1) : NULL;
}

/* y points up in the file. */
static void
read_places (Bookshelf  *self,
             const char *base)
{
  g_auto (GStrv) lines = read_lines (base, ".pl");

  self->problem_parts = g_new0 (BwProblemPart, self->parts->len + 1);
  for (int i = 0; lines[i] != NULL; i++)
    {
      char name[64], orientation[16];
      double x, y, w, h;
      uint32_t index;
      Part *part;
      BwProblemPart *out;
      int turns;

      if (sscanf (lines[i], "%63s %lf %lf : %15s", name, &x, &y, orientation) < 4)
        continue;
      part = find_part (self, name, &index);
      if (part == NULL)
        continue;
      out = &self->problem_parts[index];
      turns = (int) (strchr (letters, orientation[strlen (orientation) - 1]) - letters);
      w = (part->corners[2].x_nm - part->corners[0].x_nm) / NM_PER_UNIT;
      h = (part->corners[2].y_nm - part->corners[0].y_nm) / NM_PER_UNIT;
      out->start.at.x_nm = to_nm (x + (turns % 2 ? h : w) / 2);
      out->start.at.y_nm = to_nm (-y - (turns % 2 ? w : h) / 2);
      out->start.rotation_cdeg = rotations[turns];
      out->start.side = orientation[0] == 'F' ? BW_SIDE_BACK : BW_SIDE_FRONT;
    }
}

static void
read_nets (Bookshelf  *self,
           const char *base)
{
  g_auto (GStrv) lines = read_lines (base, ".nets");

  for (int i = 0; lines[i] != NULL; i++)
    {
      char name[64], direction[8];
      double x, y;
      uint32_t index;
      Part *part;

      if (g_str_has_prefix (lines[i], "NetDegree"))
        {
          BwProblemNet net = { 1.0 };

          g_array_append_val (self->nets, net);
          continue;
        }
      if (self->nets->len == 0 ||
          sscanf (lines[i], " %63s %7s : %lf %lf", name, direction, &x, &y) < 4)
        continue;
      part = find_part (self, name, &index);
      if (part != NULL)
        {
          bool back = self->problem_parts[index].start.side == BW_SIDE_BACK;
          BwTerminal terminal = { { to_nm (x), to_nm (back ? y : -y) }, self->nets->len - 1 };

          g_array_append_val (part->terminals, terminal);
        }
    }
}

static void
read_room (Bookshelf  *self,
           const char *base)
{
  g_auto (GStrv) lines = read_lines (base, ".scl");
  int rows = 0, sites = 0;

  for (int i = 0; lines[i] != NULL; i++)
    {
      const char *at = strstr (lines[i], "NumSites");

      (void) sscanf (lines[i], "NumRows : %d", &rows);
      if (at != NULL)
        (void) sscanf (at, "NumSites : %d", &sites);
    }
  self->corners[0] = (BwPoint) { 0, -to_nm (rows) };
  self->corners[1] = (BwPoint) { to_nm (sites), -to_nm (rows) };
  self->corners[2] = (BwPoint) { to_nm (sites), 0 };
  self->corners[3] = (BwPoint) { 0, 0 };
  self->region.ring = (BwRing) { self->corners, 4 };
}

Bookshelf *
bookshelf_load (const char *base)
{
  Bookshelf *self = g_new0 (Bookshelf, 1);

  self->parts = g_ptr_array_new_with_free_func (part_free);
  self->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  self->nets = g_array_new (FALSE, TRUE, sizeof (BwProblemNet));
  read_nodes (self, base);
  read_places (self, base);
  read_nets (self, base);
  read_room (self, base);
  for (guint i = 0; i < self->parts->len; i++)
    {
      Part *part = g_ptr_array_index (self->parts, i);
      BwProblemPart *out = &self->problem_parts[i];

      out->body[BW_SIDE_FRONT] = &part->ring;
      out->n_body[BW_SIDE_FRONT] = 1;
      out->terminals = (const BwTerminal *) (void *) part->terminals->data;
      out->n_terminals = part->terminals->len;
      out->rotations_cdeg = rotations;
      out->n_rotations = G_N_ELEMENTS (rotations);
      out->group = -1;
    }
  self->problem = (BwProblem) {
    .parts = self->problem_parts,
    .n_parts = self->parts->len,
    .nets = (const BwProblemNet *) (void *) self->nets->data,
    .n_nets = self->nets->len,
    .regions = &self->region,
    .n_regions = 1,
  };
  return self;
}

void
bookshelf_free (Bookshelf *self)
{
  g_ptr_array_unref (self->parts);
  g_hash_table_unref (self->by_name);
  g_array_unref (self->nets);
  g_free (self->problem_parts);
  g_free (self);
}

const BwProblem *
bookshelf_problem (const Bookshelf *self)
{
  return &self->problem;
}

void
bookshelf_write (const Bookshelf *self,
                 const BwPose    *poses,
                 const char      *filename)
{
  FILE *file = fopen (filename, "w");

  if (file == NULL)
    {
      perror (filename);
      exit (1);
    }
  fprintf (file, "UCLA pl 1.0\n\n");
  for (guint i = 0; i < self->parts->len; i++)
    {
      const Part *part = g_ptr_array_index (self->parts, i);
      BwTransform transform = bw_pose_transform (&poses[i]);
      BwBox box = BW_BOX_EMPTY;

      for (int k = 0; k < 4; k++)
        bw_box_add_point (&box, bw_transform_point (&transform, part->corners[k]));
      fprintf (file, "%s %.5f %.5f : %s%c\n", part->name, box.x0_nm / NM_PER_UNIT,
               -box.y1_nm / NM_PER_UNIT, poses[i].side == BW_SIDE_BACK ? "F" : "",
               letters[poses[i].rotation_cdeg / 9000 % 4]);
    }
  fclose (file);
}
