import { Global, Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Pool } from 'pg';
import type { Config } from '../platform/config.js';
import { entities } from './entities.js';
import { UnitOfWork } from './unit-of-work.js';

/** Entities are for reading; commands write through the pool, in the change log's transaction. */
@Global()
@Module({})
export class DatabaseModule {
  static over(config: Config, pool: Pool): DynamicModule {
    return {
      module: DatabaseModule,
      imports: [
        TypeOrmModule.forRoot({
          type: 'postgres',
          url: config.databaseUrl,
          entities,
          synchronize: false,
          logging: false,
          poolSize: 5,
          retryAttempts: 1,
          applicationName: 'portcullis-api-read',
        }),
      ],
      providers: [{ provide: Pool, useValue: pool }, UnitOfWork],
      exports: [Pool, UnitOfWork],
    };
  }
}
