const conditions = ['portcullis-source', 'node', 'import', 'module', 'default'];

export const resolve = { conditions };
export const ssr = { resolve: { conditions: ['portcullis-source', 'node'] } };
