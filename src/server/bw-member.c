/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "server/bw-member.h"

#include <string.h>

#include "server/bw-ws-frame.h"

/* Of one PRESENCE with changes. */
#define MAX_CHANGES 64

/* Steps around the circle of colours that are far apart for numbers that follow each other. */
#define HUE_STEP 97

void
bw_member_point (BwMember      *self,
                 const BwPoint *cursor)
{
  self->has_cursor = cursor != NULL;
  if (cursor != NULL)
    self->cursor = *cursor;
  self->changed &= (guint8) ~(BW_PERSON_CURSOR | BW_PERSON_NO_CURSOR);
  self->changed |= self->has_cursor ? BW_PERSON_CURSOR : BW_PERSON_NO_CURSOR;
}

void
bw_member_select (BwMember      *self,
                  const guint32 *parts,
                  guint          n,
                  guint32        n_parts)
{
  self->n_selected = 0;
  for (guint i = 0; i < n && self->n_selected < BW_VIEWER_SELECTION_MAX; i++)
    {
      if (parts[i] < n_parts)
        self->selection[self->n_selected++] = parts[i];
    }
  self->changed |= BW_PERSON_SELECTION;
}

void
bw_member_call (BwMember   *self,
                const char *name)
{
  g_strlcpy (self->name, name, sizeof self->name);
  self->changed |= BW_PERSON_WHO;
}

char *
bw_member_dup_name (const BwMember *self)
{
  if (*self->name != '\0')
    return g_strdup (self->name);
  return self->number == BW_SERVER_OWN_NUMBER ? g_strdup ("Host")
                                              : g_strdup_printf ("Guest %u", self->number);
}

/* A record to write, and what it points to. */
typedef struct
{
  BwPerson person;
  char *name;
  guint32 grabbed[BW_GRABS_MAX];
} BwEntry;

static void
entry_free (gpointer data)
{
  BwEntry *entry = data;

  g_free (entry->name);
  g_free (entry);
}

static BwEntry *
entry_new (const BwMember *member,
           BwGrabs        *grabs,
           guint8          fields)
{
  BwEntry *entry = g_new0 (BwEntry, 1);

  entry->name = bw_member_dup_name (member);
  entry->person = (BwPerson) {
    .number = member->number,
    .fields = fields,
    .role = (guint8) member->role,
    .hue = (guint8) (member->number * HUE_STEP),
    .name = entry->name,
    .cursor_x_nm = member->cursor.x_nm,
    .cursor_y_nm = member->cursor.y_nm,
    .selection = member->selection,
    .n_selected = member->n_selected,
    .grabbed = entry->grabbed,
  };
  entry->person.n_grabbed = (guint16) bw_grabs_list (grabs, member->number, entry->grabbed);
  return entry;
}

static GBytes *
frame_entries (GPtrArray *entries,
               guint8     flags)
{
  g_autofree BwPerson *people = g_new (BwPerson, entries->len);
  g_autoptr (GByteArray) message = g_byte_array_new ();
  GByteArray *packet = g_byte_array_new ();

  for (guint i = 0; i < entries->len; i++)
    people[i] = ((BwEntry *) g_ptr_array_index (entries, i))->person;
  bw_binary_presence (people, entries->len, flags, message);
  bw_ws_append (packet, BW_WS_BINARY, message->data, message->len);
  return g_byte_array_free_to_bytes (packet);
}

GBytes *
bw_members_tell_all (GPtrArray *members,
                     BwGrabs   *grabs)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (entry_free);

  for (guint i = 0; i < members->len; i++)
    {
      const BwMember *member = g_ptr_array_index (members, i);
      BwEntry *entry;

      if (!member->here)
        continue;
      entry = entry_new (member, grabs, BW_PERSON_WHO);
      if (member->has_cursor)
        entry->person.fields |= BW_PERSON_CURSOR;
      if (member->n_selected > 0)
        entry->person.fields |= BW_PERSON_SELECTION;
      if (entry->person.n_grabbed > 0)
        entry->person.fields |= BW_PERSON_GRABBED;
      g_ptr_array_add (entries, entry);
    }

  return frame_entries (entries, BW_FLAG_WHOLE);
}

GBytes *
bw_members_tell_changes (GPtrArray *members,
                         GArray    *gone,
                         BwGrabs   *grabs,
                         gboolean  *more_out)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (entry_free);

  *more_out = FALSE;
  for (guint i = 0; i < gone->len; i++)
    {
      BwEntry *entry = g_new0 (BwEntry, 1);

      entry->person.number = g_array_index (gone, guint32, i);
      entry->person.fields = BW_PERSON_GONE;
      g_ptr_array_add (entries, entry);
    }
  g_array_set_size (gone, 0);

  for (guint i = 0; i < members->len; i++)
    {
      BwMember *member = g_ptr_array_index (members, i);

      if (!member->here || member->changed == 0)
        continue;
      if (entries->len >= MAX_CHANGES)
        {
          *more_out = TRUE;
          break;
        }
      g_ptr_array_add (entries, entry_new (member, grabs, member->changed));
      member->changed = 0;
    }

  return entries->len > 0 ? frame_entries (entries, 0) : NULL;
}

/* What a BwServerPerson points to lies behind it. */
static BwServerPerson *
describe (const BwMember *member,
          BwGrabs        *grabs)
{
  g_autofree char *name = bw_member_dup_name (member);
  guint32 grabbed[BW_GRABS_MAX];
  guint n_grabbed = bw_grabs_list (grabs, member->number, grabbed);
  gsize n_numbers = member->n_selected + n_grabbed;
  BwServerPerson *person
    = g_malloc (sizeof *person + n_numbers * sizeof *grabbed + strlen (name) + 1);
  guint32 *numbers = (guint32 *) (person + 1);

  memcpy (numbers, member->selection, member->n_selected * sizeof *numbers);
  memcpy (numbers + member->n_selected, grabbed, n_grabbed * sizeof *numbers);
  strcpy ((char *) (numbers + n_numbers), name);
  *person = (BwServerPerson) {
    .number = member->number,
    .role = member->role,
    .hue = (guint8) (member->number * HUE_STEP),
    .name = (const char *) (numbers + n_numbers),
    .has_cursor = member->has_cursor,
    .cursor = member->cursor,
    .n_selected = member->n_selected,
    .selection = numbers,
    .n_grabbed = n_grabbed,
    .grabbed = numbers + member->n_selected,
  };
  return person;
}

GPtrArray *
bw_members_describe (GPtrArray *members,
                     BwGrabs   *grabs)
{
  GPtrArray *people = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < members->len; i++)
    {
      const BwMember *member = g_ptr_array_index (members, i);

      if (member->here)
        g_ptr_array_add (people, describe (member, grabs));
    }
  return people;
}
