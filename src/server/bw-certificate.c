/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "server/bw-certificate.h"

#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <glib/gstdio.h>
#include <string.h>
#include <time.h>

#include "server/bw-own-addresses.h"
#include "server/bw-server.h"

#define SERIAL_BYTES 16
#define VALID_S (365 * 24 * 60 * 60)
#define LEFT_S (30 * 24 * 60 * 60)
/* Clocks of others may be a little behind. */
#define BEFORE_S (24 * 60 * 60)

static gboolean
fail (GError    **error,
      const char *what,
      const char *why)
{
  g_set_error (error, BW_SERVER_ERROR, BW_SERVER_ERROR_FAILED, "%s: %s", what, why);
  return FALSE;
}

GTlsCertificate *
bw_certificate_load (const char *path,
                     const char *key_path,
                     GError    **error)
{
  g_autoptr (GError) local_error = NULL;
  GTlsCertificate *certificate = key_path != NULL
    ? g_tls_certificate_new_from_files (path, key_path, &local_error)
    : g_tls_certificate_new_from_file (path, &local_error);
  g_autofree char *key = NULL;

  if (certificate == NULL)
    {
      fail (error, path, local_error->message);
      return NULL;
    }

  g_object_get (certificate, "private-key-pem", &key, NULL);
  if (key == NULL)
    {
      fail (error, path, "there is no private key in it");
      g_clear_object (&certificate);
    }
  return certificate;
}

/* Making one */

static int
name_it (gnutls_x509_crt_t certificate)
{
  g_autoptr (GPtrArray) addresses = bw_own_addresses_list ();
  const char *host = g_get_host_name ();
  g_autofree char *local = g_strconcat (host, ".local", NULL);
  const char *const names[] = { "localhost", host, local };
  int status = gnutls_x509_crt_set_dn_by_oid (certificate, GNUTLS_OID_X520_COMMON_NAME, 0,
                                              "Boardwalk", strlen ("Boardwalk"));

  for (gsize i = 0; status >= 0 && i < G_N_ELEMENTS (names); i++)
    status = gnutls_x509_crt_set_subject_alt_name (certificate, GNUTLS_SAN_DNSNAME, names[i],
                                                   (unsigned) strlen (names[i]),
                                                   GNUTLS_FSAN_APPEND);
  for (guint i = 0; status >= 0 && i < addresses->len; i++)
    {
      GInetAddress *address = ((BwOwnAddress *) g_ptr_array_index (addresses, i))->address;

      status = gnutls_x509_crt_set_subject_alt_name (
        certificate, GNUTLS_SAN_IPADDRESS, g_inet_address_to_bytes (address),
        (unsigned) g_inet_address_get_native_size (address), GNUTLS_FSAN_APPEND);
    }
  return status;
}

static int
fill_in (gnutls_x509_crt_t     certificate,
         gnutls_x509_privkey_t key)
{
  time_t now = time (NULL);
  guint8 serial[SERIAL_BYTES];
  int status = gnutls_rnd (GNUTLS_RND_NONCE, serial, sizeof serial);

  serial[0] &= 0x7f;
  if (status >= 0)
    status = gnutls_x509_crt_set_version (certificate, 3);
  if (status >= 0)
    status = gnutls_x509_crt_set_serial (certificate, serial, sizeof serial);
  if (status >= 0)
    status = gnutls_x509_crt_set_activation_time (certificate, now - BEFORE_S);
  if (status >= 0)
    status = gnutls_x509_crt_set_expiration_time (certificate, now + VALID_S);
  if (status >= 0)
    status = gnutls_x509_crt_set_key (certificate, key);
  if (status >= 0)
    status = name_it (certificate);
  if (status >= 0)
    status = gnutls_x509_crt_set_basic_constraints (certificate, 0, -1);
  if (status >= 0)
    status = gnutls_x509_crt_set_key_usage (certificate, GNUTLS_KEY_DIGITAL_SIGNATURE);
  if (status >= 0)
    status = gnutls_x509_crt_set_key_purpose_oid (certificate, GNUTLS_KP_TLS_WWW_SERVER, 0);
  if (status >= 0)
    status = gnutls_x509_crt_sign2 (certificate, certificate, key, GNUTLS_DIG_SHA256, 0);
  return status;
}

static int
append_pem (gnutls_x509_crt_t     certificate,
            gnutls_x509_privkey_t key,
            GString              *pem)
{
  gnutls_datum_t certificate_pem = { 0 };
  gnutls_datum_t key_pem = { 0 };
  int status = gnutls_x509_crt_export2 (certificate, GNUTLS_X509_FMT_PEM, &certificate_pem);

  if (status >= 0)
    status = gnutls_x509_privkey_export2_pkcs8 (key, GNUTLS_X509_FMT_PEM, NULL,
                                                GNUTLS_PKCS_PLAIN, &key_pem);
  if (status >= 0)
    {
      g_string_append_len (pem, (const char *) certificate_pem.data, certificate_pem.size);
      g_string_append_len (pem, (const char *) key_pem.data, key_pem.size);
    }
  gnutls_free (certificate_pem.data);
  gnutls_free (key_pem.data);
  return status;
}

/* A certificate and its key; NULL with an error. */
static GString *
make_pem (GError **error)
{
  g_autoptr (GString) pem = g_string_new (NULL);
  gnutls_x509_privkey_t key = NULL;
  gnutls_x509_crt_t certificate = NULL;
  int status = gnutls_x509_privkey_init (&key);

  if (status >= 0)
    status = gnutls_x509_crt_init (&certificate);
  if (status >= 0)
    status = gnutls_x509_privkey_generate (key, GNUTLS_PK_ECDSA,
                                           GNUTLS_CURVE_TO_BITS (GNUTLS_ECC_CURVE_SECP256R1), 0);
  if (status >= 0)
    status = fill_in (certificate, key);
  if (status >= 0)
    status = append_pem (certificate, key, pem);
  if (certificate != NULL)
    gnutls_x509_crt_deinit (certificate);
  if (key != NULL)
    gnutls_x509_privkey_deinit (key);

  if (status < 0)
    {
      fail (error, "Cannot make a certificate", gnutls_strerror (status));
      return NULL;
    }
  return g_steal_pointer (&pem);
}

/* Keeping it */

static gboolean
is_good (GTlsCertificate *certificate)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) soon = g_date_time_add_seconds (now, LEFT_S);
  g_autoptr (GDateTime) end = g_tls_certificate_get_not_valid_after (certificate);

  return end != NULL && g_date_time_compare (end, soon) > 0;
}

GTlsCertificate *
bw_certificate_get_self_signed (const char *path,
                                GError    **error)
{
  g_autoptr (GTlsCertificate) kept = bw_certificate_load (path, NULL, NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GString) pem = NULL;

  if (kept != NULL && is_good (kept))
    return g_steal_pointer (&kept);

  pem = make_pem (error);
  if (pem == NULL)
    return NULL;
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      fail (error, folder, g_strerror (errno));
      return NULL;
    }
  if (!g_file_set_contents_full (path, pem->str, (gssize) pem->len, G_FILE_SET_CONTENTS_CONSISTENT,
                                 0600, &local_error))
    {
      fail (error, path, local_error->message);
      return NULL;
    }
  return bw_certificate_load (path, NULL, error);
}

char *
bw_certificate_dup_own_path (void)
{
  return g_build_filename (g_get_user_data_dir (), "boardwalk", "certificate.pem", NULL);
}

char *
bw_certificate_dup_fingerprint (GTlsCertificate *certificate)
{
  g_autoptr (GByteArray) der = NULL;
  g_autofree char *digest = NULL;
  GString *text = g_string_new (NULL);

  g_object_get (certificate, "certificate", &der, NULL);
  digest = g_compute_checksum_for_data (G_CHECKSUM_SHA256, der->data, der->len);
  for (const char *at = digest; *at != '\0'; at += 2)
    g_string_append_printf (text, "%s%c%c", at != digest ? ":" : "", g_ascii_toupper (at[0]),
                            g_ascii_toupper (at[1]));
  return g_string_free (text, FALSE);
}
