package postgres

import (
	"maps"
	"slices"
	"strconv"
)

// tuned are the settings for a small machine that the product shares with its
// database. What is committed is safe: fsync and synchronous_commit stay on.
func tuned() map[string]string {
	return map[string]string{
		"max_connections":      "100",
		"shared_buffers":       "128MB",
		"work_mem":             "8MB",
		"maintenance_work_mem": "64MB",
		"effective_cache_size": "512MB",
		"random_page_cost":     "1.1",
		// Few and calm checkpoints; at most about a gigabyte of log on disk.
		"wal_level":                    "replica",
		"max_wal_senders":              "0",
		"max_wal_size":                 "1GB",
		"min_wal_size":                 "80MB",
		"wal_compression":              "on",
		"checkpoint_completion_target": "0.9",
		// Thousands of small schemas: vacuum workers must not starve each other.
		"autovacuum_max_workers":           "3",
		"max_locks_per_transaction":        "256",
		"jit":                              "off",
		"timezone":                         "UTC",
		"log_timezone":                     "UTC",
		"lc_messages":                      "C",
		"log_min_messages":                 "warning",
		"log_min_error_statement":          "panic",
		"log_line_prefix":                  "%m [%p] ",
		"log_checkpoints":                  "off",
		"idle_session_timeout":             "0",
		"tcp_keepalives_idle":              "60",
		"unix_socket_permissions":          "0700",
		"cluster_name":                     "manydesk",
		"password_encryption":              "scram-sha-256",
		"max_parallel_workers":             "2",
		"max_worker_processes":             "4",
		"track_io_timing":                  "off",
		"default_text_search_config":       "pg_catalog.russian",
		"log_autovacuum_min_duration":      "-1",
		"deadlock_timeout":                 "1s",
		"client_connection_check_interval": "10s",
	}
}

// arguments of the server: given on its command line, so that the folder's own
// postgresql.conf stays as initdb wrote it and a new release brings its tuning.
func (o Options) arguments(sockets string) []string {
	settings := tuned()
	settings["unix_socket_directories"] = sockets
	settings["listen_addresses"] = ""
	settings["port"] = strconv.Itoa(socketPort)
	if o.TCP != 0 {
		settings["listen_addresses"] = "127.0.0.1"
		settings["port"] = strconv.Itoa(o.TCP)
	}
	maps.Copy(settings, o.Settings)
	args := []string{"-D", o.Data}
	for _, name := range slices.Sorted(maps.Keys(settings)) {
		args = append(args, "-c", name+"="+settings[name])
	}
	return args
}

// socketPort only names the socket file; nothing listens on it.
const socketPort = 5432

func (o Options) port() int {
	if o.TCP != 0 {
		return o.TCP
	}
	return socketPort
}
