import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';
import { Refusal } from '../platform/refusal.js';
import type { SubjectIssuer } from './subject-issuer.model.js';

const selection = `select id, name, issuer, audience, jwks_uri as "jwksUri", enabled, created_by as "createdBy",
  created_at as "createdAt" from subject_issuer`;

@Injectable()
export class SubjectIssuersQueries {
  constructor(private readonly pool: Pool) {}

  async all(): Promise<SubjectIssuer[]> {
    return (await this.pool.query<SubjectIssuer>(`${selection} order by name, id`)).rows;
  }

  async existing(id: string): Promise<SubjectIssuer> {
    const [issuer] = (await this.pool.query<SubjectIssuer>(`${selection} where id = $1`, [id])).rows;
    if (issuer === undefined) throw noIssuer(id);
    return issuer;
  }
}

export function noIssuer(id: string): Refusal {
  return new Refusal('not_found', `there is no issuer ${id}`, { issuer: id });
}
