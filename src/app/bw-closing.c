/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/bw-closing.h"

#include <glib/gi18n.h>

#include "app/bw-window.h"

/* As many boards as this are told by name. */
#define N_NAMES_MAX 8

typedef struct
{
  GPtrArray *windows; /* (element-type GtkWindow) */
  GPtrArray *changed; /* (element-type BwWindow): of those */
  guint n_saving;
  gboolean failed;
} Closing;

static void
closing_free (Closing *closing)
{
  for (guint i = 0; i < closing->changed->len; i++)
    bw_window_go_on (closing->changed->pdata[i]);
  g_ptr_array_unref (closing->changed);
  g_ptr_array_unref (closing->windows);
  g_free (closing);
}

static void
close_all (Closing *closing)
{
  g_ptr_array_set_size (closing->changed, 0);
  for (guint i = 0; i < closing->windows->len; i++)
    gtk_window_close (closing->windows->pdata[i]);
  closing_free (closing);
}

static void
on_save_ended (BwWindow *window,
               gboolean  saved,
               Closing  *closing)
{
  g_signal_handlers_disconnect_by_data (window, closing);
  if (!saved || bw_window_has_changes (window))
    {
      closing->failed = TRUE;
      gtk_window_present (GTK_WINDOW (window));
    }
  if (--closing->n_saving > 0)
    return;
  if (closing->failed)
    closing_free (closing);
  else
    close_all (closing);
}

static void
on_response (GtkDialog *dialog,
             int        response,
             gpointer   user_data)
{
  Closing *closing = g_object_steal_data (G_OBJECT (dialog), "closing");

  /* The window may be gone before the dialog is, which would still reach for it. */
  gtk_window_set_transient_for (GTK_WINDOW (dialog), NULL);
  gtk_window_destroy (GTK_WINDOW (dialog));
  if (response == GTK_RESPONSE_REJECT)
    {
      for (guint i = 0; i < closing->changed->len; i++)
        bw_window_give_up_changes (closing->changed->pdata[i]);
      close_all (closing);
    }
  else if (response == GTK_RESPONSE_ACCEPT)
    {
      /* They end later, each by itself. */
      closing->n_saving = closing->changed->len;
      for (guint i = 0; i < closing->changed->len; i++)
        {
          g_signal_connect (closing->changed->pdata[i], "save-ended", G_CALLBACK (on_save_ended),
                            closing);
          bw_window_save (closing->changed->pdata[i]);
        }
    }
  else
    closing_free (closing);
}

static char *
dup_question (const Closing *closing)
{
  g_autoptr (GString) names = g_string_new (NULL);
  guint n = closing->changed->len;

  if (n == 1)
    {
      g_autofree char *name = bw_window_dup_name (closing->changed->pdata[0]);

      return g_strdup_printf (_("Parts of “%s” were moved. Changes that are not saved will be "
                                "lost."), name);
    }
  for (guint i = 0; i < MIN (n, N_NAMES_MAX); i++)
    {
      g_autofree char *name = bw_window_dup_name (closing->changed->pdata[i]);

      g_string_append_printf (names, "\n• %s", name);
    }
  if (n > N_NAMES_MAX)
    {
      g_string_append (names, "\n• ");
      g_string_append_printf (names, ngettext ("and %u more", "and %u more", n - N_NAMES_MAX),
                              n - N_NAMES_MAX);
    }
  return g_strdup_printf ("%s\n%s", _("Parts of these boards were moved. Changes that are not "
                                      "saved will be lost."), names->str);
}

static GtkWidget *
ask (GtkWindow *parent,
     Closing   *closing)
{
  g_autofree char *question = dup_question (closing);
  gboolean several = closing->changed->len > 1;
  GtkWidget *dialog =
    gtk_message_dialog_new (parent, GTK_DIALOG_MODAL | GTK_DIALOG_DESTROY_WITH_PARENT
                                      | GTK_DIALOG_USE_HEADER_BAR,
                            GTK_MESSAGE_QUESTION, GTK_BUTTONS_NONE,
                            _("Save Changes Before Closing?"));

  gtk_message_dialog_format_secondary_text (GTK_MESSAGE_DIALOG (dialog), "%s", question);
  gtk_dialog_add_buttons (GTK_DIALOG (dialog), _("_Cancel"), GTK_RESPONSE_CANCEL,
                          several ? _("_Discard All") : _("_Discard"), GTK_RESPONSE_REJECT,
                          several ? _("_Save All") : _("_Save"), GTK_RESPONSE_ACCEPT, NULL);
  gtk_dialog_set_default_response (GTK_DIALOG (dialog), GTK_RESPONSE_ACCEPT);
  gtk_widget_add_css_class (
    gtk_dialog_get_widget_for_response (GTK_DIALOG (dialog), GTK_RESPONSE_REJECT),
    "destructive-action");
  gtk_widget_add_css_class (
    gtk_dialog_get_widget_for_response (GTK_DIALOG (dialog), GTK_RESPONSE_ACCEPT),
    "suggested-action");
  /* A dialog that goes without an answer has cancelled. */
  g_object_set_data_full (G_OBJECT (dialog), "closing", closing, (GDestroyNotify) closing_free);
  g_signal_connect (dialog, "response", G_CALLBACK (on_response), NULL);
  gtk_window_present (GTK_WINDOW (dialog));
  return dialog;
}

GtkWidget *
bw_closing_begin (GtkWindow *parent,
                  GList     *windows)
{
  Closing *closing = g_new0 (Closing, 1);

  closing->windows = g_ptr_array_new_with_free_func (g_object_unref);
  closing->changed = g_ptr_array_new_with_free_func (g_object_unref);
  for (GList *item = windows; item; item = item->next)
    {
      g_ptr_array_add (closing->windows, g_object_ref (item->data));
      if (!BW_IS_WINDOW (item->data) || !bw_window_has_changes (item->data))
        continue;
      /* Nothing changes any more under the question. */
      bw_window_wait (item->data);
      g_ptr_array_add (closing->changed, g_object_ref (item->data));
    }
  if (closing->changed->len > 0)
    return ask (parent, closing);
  close_all (closing);
  return NULL;
}
