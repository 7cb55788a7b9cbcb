/**
 * The functions that every SQL constraint allows: part of PostgreSQL, without effects, reading nothing but what they are given. What
 * the grammar turns into a function (EXTRACT, TRIM, AT TIME ZONE, LIKE … ESCAPE) stands here by the name it is turned into.
 */
export const plainFunctions: ReadonlySet<string> = new Set(
  [
    'count sum avg min max bool_and bool_or every string_agg array_agg stddev stddev_pop stddev_samp variance var_pop var_samp',
    'percentile_cont percentile_disc mode row_number rank dense_rank percent_rank cume_dist ntile lag lead first_value last_value nth_value',
    'lower upper initcap length char_length character_length octet_length btrim ltrim rtrim left right substr substring overlay',
    'position strpos replace reverse split_part starts_with concat concat_ws like_escape similar_to_escape normalize is_normalized md5',
    'abs ceil ceiling floor round trunc sign mod div power sqrt exp ln log',
    'now date_trunc date_part date_bin extract age timezone make_date to_char to_date to_timestamp isfinite',
    'array_length cardinality unnest jsonb_array_length json_array_length',
  ]
    .join(' ')
    .split(' '),
);
