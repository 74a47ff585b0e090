package tickets

import (
	"os"
	"testing"
)

func TestZDump(t *testing.T) {
	os.WriteFile("/tmp/sqlv/a-full", []byte(viewSQL(staffSees)), 0o644)
	os.WriteFile("/tmp/sqlv/b-find", []byte(findByNumber), 0o644)
	os.WriteFile("/tmp/sqlv/c-entries", []byte("select (select json_agg(n order by n.seq) from (select "+entryColumns+entryTables+" where f.subject_id = t.id and "+staffSees+" order by f.seq desc limit $3) n) as entries from ?tenant.tickets t where t.number=$1 and $2::uuid is not null"), 0o644)
	os.WriteFile("/tmp/sqlv/d-files", []byte("select "+filesUnder("t.id", "")+" from ?tenant.tickets t where t.number=$1 and $2::uuid is not null"), 0o644)
	os.WriteFile("/tmp/sqlv/e-one", []byte("select t.id from ?tenant.tickets t where t.number=$1 and $2::uuid is not null"), 0o644)
	os.WriteFile("/tmp/sqlv/f-arrays", []byte("select (select row(array_agg(n.seq),array_agg(n.at),array_agg(n.type),array_agg(n.public),array_agg(n.actor_id),array_agg(n.actor_kind),array_agg(n.provider_id),array_agg(n.name),array_agg(n.detail::text),array_agg(n.body),array_agg(n.internal)) from (select f.seq, f.at as at, f.type, f.public, f.actor_id, f.actor_kind, f.provider_id, coalesce(s.name, k.name) as name, f.data as detail,c.body, c.internal "+entryTables+" where f.subject_id = t.id and "+staffSees+" order by f.seq desc limit $3) n) as entries from ?tenant.tickets t where t.number=$1 and $2::uuid is not null"), 0o644)
	os.WriteFile("/tmp/sqlv/g-rows", []byte("select f.seq, f.at as at, f.type, f.public, f.actor_id, f.actor_kind, f.provider_id, coalesce(s.name, k.name) as name, f.data as detail,c.body, c.internal "+entryTables+" where f.subject_id = (select id from ?tenant.tickets where number = $1 and $2::uuid is not null) and "+staffSees+" order by f.seq desc limit $3"), 0o644)
	os.WriteFile("/tmp/sqlv/h-rows-bare", []byte("select f.seq, f.at as at, f.type, f.public, f.actor_id, f.actor_kind, f.provider_id, f.data as detail from ?tenant.facts f where f.subject_id = (select id from ?tenant.tickets where number = $1 and $2::uuid is not null) order by f.seq desc limit $3"), 0o644)
	os.WriteFile("/tmp/sqlv/i-rows-comm", []byte("select f.seq, f.at as at, f.type, f.public, f.actor_id, f.actor_kind, f.provider_id, f.data as detail, c.body,c.internal from ?tenant.facts f left join lateral (select x.* from ?tenant.comments x where x.ticket_id = f.subject_id and x.seq = f.seq limit 1) c on true where f.subject_id = (select id from ?tenant.tickets where number = $1 and $2::uuid is not null) order by f.seq desc limit $3"), 0o644)
	os.WriteFile("/tmp/sqlv/j-rows-comm-join", []byte("select f.seq, f.at as at, f.type, f.public, f.actor_id, f.actor_kind, f.provider_id, f.data as detail, c.body,c.internal from ?tenant.facts f left join ?tenant.comments c on c.ticket_id = f.subject_id and c.seq=f.seq where f.subject_id = (select id from ?tenant.tickets where number = $1 and $2::uuid is not null) order by f.seq desc limit $3"), 0o644)
}
