/** A part of a grant that names directory `$d`, however deep it stands. */
const names = `'$.** ? (@.kind == "provenance").directories[*] ? (@ == $d)'`;

/** Whether the grant `g` names the directory with that id. */
export const isNamedBySql = (grant: string, directory: string) =>
  `jsonb_path_exists(jsonb_build_array(${grant}.constraints, ${grant}.obligations), ${names}, jsonb_build_object('d', ${directory}))`;

/** The first live grants that name directory $1, as many as $2. */
export const namingGrantsSql = `select g.id from grants g join directory d on d.environment_id = g.environment_id
  where d.id = $1 and g.revoked_at is null and (g.not_after is null or g.not_after > now()) and ${isNamedBySql('g', 'd.id')}
  order by g.id limit $2`;
